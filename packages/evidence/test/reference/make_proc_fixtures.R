# Writes the values of R's pROC that src/roc/proc.test.ts compares with: AUROC, DeLong's variances and covariances,
# DeLong's interval (Wald's, cut at 1) and the paired test of DeLong, DeLong & Clarke-Pearson (1988), on the data of
# fixtures/roc.json, which make_fixtures.py has written before. From the project's root:
#
#     apt-get install --no-install-recommends r-cran-proc r-cran-jsonlite
#     Rscript packages/evidence/test/reference/make_proc_fixtures.R
#
# Versions of R and pROC are recorded in the output.

suppressMessages(library(pROC))
library(jsonlite)

folder <- "packages/evidence/test/fixtures"
data <- fromJSON(file.path(folder, "roc.json"), simplifyVector = FALSE)$cases

measure <- function(case) {
  labels <- unlist(case$labels)
  curves <- lapply(case$scorings, function(scores) {
    roc(labels, unlist(scores), levels = c(0, 1), direction = "<", quiet = TRUE)
  })
  pairs <- list(c(1, 2), c(1, 3), c(2, 3))
  list(
    name = case$name,
    auroc = sapply(curves, function(curve) as.numeric(auc(curve))),
    variance = sapply(curves, function(curve) var(curve, method = "delong")),
    interval = lapply(curves, function(curve) as.numeric(ci.auc(curve, method = "delong"))[c(1, 3)]),
    pairs = lapply(pairs, function(pair) {
      test <- roc.test(curves[[pair[1]]], curves[[pair[2]]], method = "delong", paired = TRUE)
      list(
        of = pair - 1,
        covariance = cov(curves[[pair[1]]], curves[[pair[2]]], method = "delong"),
        z = as.numeric(test$statistic),
        p = as.numeric(test$p.value),
        # Of the difference, as pROC gives it since 1.18.
        interval = as.numeric(test$conf.int)
      )
    })
  )
}

result <- list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."), pROC = as.character(packageVersion("pROC"))),
  cases = lapply(data, measure)
)
write(toJSON(result, auto_unbox = TRUE, digits = I(17), pretty = 1), file.path(folder, "proc.json"))
