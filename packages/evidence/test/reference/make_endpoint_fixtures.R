# Writes the partial AUROCs that src/endpoint/recorded-values.test.ts compares with: standardised as McClish (1989) does, on
# the data of fixtures/roc.json, which make_fixtures.py has written before. From the project's root:
#
#     apt-get install --no-install-recommends r-cran-proc r-cran-jsonlite
#     Rscript packages/evidence/test/reference/make_endpoint_fixtures.R

suppressMessages(library(pROC))
library(jsonlite)

folder <- "packages/evidence/test/fixtures"
data <- fromJSON(file.path(folder, "roc.json"), simplifyVector = FALSE)$cases
# False positive rates, from and to.
ranges <- list(c(0, 0.2), c(0, 0.05), c(0.1, 0.35), c(0, 1))

measure <- function(case) {
  labels <- unlist(case$labels)
  list(
    name = case$name,
    scorings = lapply(case$scorings, function(scores) {
      curve <- roc(labels, unlist(scores), levels = c(0, 1), direction = "<", quiet = TRUE)
      sapply(ranges, function(range) {
        as.numeric(auc(curve, partial.auc = 1 - range, partial.auc.focus = "specificity", partial.auc.correct = TRUE, allow.invalid.partial.auc.correct = TRUE))
      })
    })
  )
}

result <- list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."), pROC = as.character(packageVersion("pROC"))),
  ranges = ranges,
  cases = lapply(data, measure)
)
write(toJSON(result, auto_unbox = TRUE, digits = I(17), pretty = 1), file.path(folder, "partial-auroc.json"))
