# Simulated readings and what base R computes from them, each value in the plainest way: pairs compared one by one, cases
# left out one by one, mean squares by aov. Writes test/fixtures/mrmc.json. Run: Rscript make_mrmc_fixtures.R
# Nothing here is taken from an R package; formulas: Obuchowski and Rockette 1995, Hillis 2007 and 2014, Gallas 2006,
# Dorfman, Berbaum and Metz 1992, DeLong 1988.
options(digits = 17)
set.seed(20250612)

score <- function(x, y) (sign(outer(x, y, "-")) + 1) / 2 # positives in rows, negatives in columns
auc <- function(d) mean(score(d$rating[d$truth == 1], d$rating[d$truth == 0]))
sens <- function(d) mean(d$rating[d$truth == 1] >= 50)
spec <- function(d) mean(d$rating[d$truth == 0] < 50)
# Mean sensitivity for false positive rates from 0 to 0.3, by trapezia between all points of the empirical curve.
pauc <- function(d) {
  cuts <- sort(unique(d$rating), decreasing = TRUE)
  tp <- c(0, sapply(cuts, function(c) mean(d$rating[d$truth == 1] >= c)))
  fp <- c(0, sapply(cuts, function(c) mean(d$rating[d$truth == 0] >= c)))
  total <- 0
  for (i in seq_along(cuts)) {
    a <- fp[i]; b <- min(fp[i + 1], 0.3)
    if (b <= a) next
    at <- function(x) tp[i] + (tp[i + 1] - tp[i]) * (x - fp[i]) / (fp[i + 1] - fp[i])
    total <- total + (at(a) + at(b)) / 2 * (b - a)
  }
  total / 0.3
}

simulate <- function(arms, readers, positives, negatives) {
  n <- positives + negatives
  truth <- rep(c(1, 0), c(positives, negatives))
  case <- rnorm(n, sd = 0.5)
  d <- NULL
  for (i in seq_len(arms)) {
    armcase <- rnorm(n, sd = 0.4)
    for (j in seq_len(readers)) {
      x <- (1.0 + 0.25 * i + 0.15 * j) * truth + case + armcase + rnorm(n, sd = 0.7)
      d <- rbind(d, data.frame(reader = paste0("r", j), treatment = paste0("a", i), case = paste0("c", seq_len(n)),
                               truth = truth, rating = pmin(100, pmax(0, 5 * round(4 * (x + 2))))))
    }
  }
  d
}

cells <- function(d) {
  grid <- expand.grid(reader = sort(unique(d$reader)), treatment = sort(unique(d$treatment)), stringsAsFactors = FALSE)
  lapply(seq_len(nrow(grid)), function(k) d[d$reader == grid$reader[k] & d$treatment == grid$treatment[k], ])
}

jackknife <- function(d, merit, counting) {
  all <- unique(d$case[counting(d)])
  without <- sapply(all, function(k) sapply(cells(d[d$case != k, ]), merit))
  n <- length(all)
  (n - 1)^2 / n * cov(t(without))
}

delong <- function(d) {
  parts <- lapply(cells(d), function(one) {
    s <- score(one$rating[one$truth == 1], one$rating[one$truth == 0])
    list(p = rowMeans(s), n = colMeans(s))
  })
  P <- sapply(parts, `[[`, "p"); N <- sapply(parts, `[[`, "n")
  cov(P) / nrow(P) + cov(N) / nrow(N)
}

# Products over all pairs of pairs, told apart by what they share; every cell has the same cases.
unbiased <- function(d) {
  s <- lapply(cells(d), function(one) score(one$rating[one$truth == 1], one$rating[one$truth == 0]))
  m <- nrow(s[[1]]); n <- ncol(s[[1]])
  sapply(s, function(a) sapply(s, function(b) {
    both <- sum(a * b)
    positive <- sum(rowSums(a) * rowSums(b)) - both
    negative <- sum(colSums(a) * colSums(b)) - both
    other <- sum(a) * sum(b) - both - positive - negative
    mean(a) * mean(b) - other / (m * n * (m - 1) * (n - 1))
  }))
}

or <- function(d, merit, V) {
  values <- sapply(cells(d), merit)
  r <- length(unique(d$reader)); t <- length(unique(d$treatment))
  f <- data.frame(y = values, reader = factor(rep(seq_len(r), t)), arm = factor(rep(seq_len(t), each = r)))
  ms <- summary(aov(y ~ arm + reader, data = f))[[1]][["Mean Sq"]]
  same <- function(x) outer(x, x, "==")
  A <- same(f$arm); R <- same(f$reader)
  off <- row(V) != col(V)
  cov1 <- mean(V[R & !A]); cov2 <- mean(V[A & !R & off]); cov3 <- mean(V[!A & !R])
  added <- max(r * (cov2 - cov3), 0)
  F <- ms[1] / (ms[3] + added)
  df <- (ms[3] + added)^2 / (ms[3]^2 / ((t - 1) * (r - 1)))
  fixed <- mean(diag(V)) - cov1 + (r - 1) * max(cov2 - cov3, 0)
  half <- qt(0.975, df) * sqrt(2 / r * (ms[3] + added))
  means <- tapply(values, f$arm, mean)
  # Each arm alone (Hillis 2014)
  alone <- lapply(seq_len(t), function(i) {
    own <- values[f$arm == i]; W <- V[f$arm == i, f$arm == i]
    c2 <- max(mean(W[row(W) != col(W)]), 0)
    list(variance = (var(own) + r * c2) / r, df = (var(own) + r * c2)^2 / (var(own)^2 / (r - 1)))
  })
  list(values = values, means = as.vector(means), msT = ms[1], msR = ms[2], msTR = ms[3], variance = mean(diag(V)),
       cov1 = cov1, cov2 = cov2, cov3 = cov3, f = F, df = df, p = pf(F, t - 1, df, lower.tail = FALSE),
       fixedReaders = list(f = ms[1] / fixed, p = pchisq((t - 1) * ms[1] / fixed, t - 1, lower.tail = FALSE)),
       fixedCases = list(f = ms[1] / ms[3], p = pf(ms[1] / ms[3], t - 1, (t - 1) * (r - 1), lower.tail = FALSE)),
       difference = list(estimate = means[[2]] - means[[1]], lower = means[[2]] - means[[1]] - half,
                         upper = means[[2]] - means[[1]] + half),
       arms = alone)
}

# Dorfman, Berbaum and Metz: pseudovalues in a three-way layout
dbm <- function(d) {
  n <- length(unique(d$case)); all <- unique(d$case)
  whole <- sapply(cells(d), auc)
  without <- sapply(all, function(k) sapply(cells(d[d$case != k, ]), auc))
  pseudo <- n * whole - (n - 1) * without
  r <- length(unique(d$reader)); t <- length(unique(d$treatment))
  f <- data.frame(y = as.vector(t(pseudo)), case = factor(rep(seq_len(n), r * t)),
                  reader = factor(rep(rep(seq_len(r), each = n), t)), arm = factor(rep(seq_len(t), each = n * r)))
  table <- summary(aov(y ~ arm * reader * case, data = f))[[1]]
  ms <- setNames(table[["Mean Sq"]], trimws(rownames(table)))
  added <- max(ms["arm:case"] - ms["arm:reader:case"], 0)
  F <- ms["arm"] / (ms["arm:reader"] + added)
  df <- (ms["arm:reader"] + added)^2 / (ms["arm:reader"]^2 / ((t - 1) * (r - 1)))
  list(f = F[[1]], df = df[[1]], p = pf(F, t - 1, df, lower.tail = FALSE)[[1]])
}

# Power by R's noncentral F, formulas of Hillis and Schartz 2018
power <- function(o, readers, cases, pilot, difference, alpha = 0.05) {
  excess <- max(o$cov2 - o$cov3, 0)
  armReader <- max(o$msTR - o$variance + o$cov1 + excess, 0)
  own <- max(o$variance - o$cov1 - excess, 0)
  k <- pilot / cases
  error <- armReader + k * (own + readers * excess)
  df <- error^2 / ((armReader + k * own)^2 / (readers - 1))
  pf(qf(1 - alpha, 1, df), 1, df, ncp = difference^2 / (2 / readers * error), lower.tail = FALSE)
}

all.cases <- function(d) TRUE
rated <- function(d) d[c("reader", "treatment", "case", "truth", "rating")]
two <- simulate(2, 5, 18, 22)
three <- simulate(3, 4, 15, 20)
# Cases of their own for each reader, for each arm, and for each of two groups of readers
nested <- list(readers = transform(two, case = paste(reader, case)), arms = transform(two, case = paste(treatment, case)),
               blocks = transform(two, case = paste(ifelse(reader %in% c("r1", "r2"), "x", "y"), case)))
small <- list(o = or(two, auc, jackknife(two, auc, all.cases)))

# Fleiss, Shrout 1979, Table 2: six cases, four readers; ICC(2,1) with McGraw and Wong's interval from R's quantiles
ratings <- rbind(c(9, 2, 5, 8), c(6, 1, 3, 2), c(8, 4, 6, 8), c(7, 1, 2, 6), c(10, 5, 6, 9), c(6, 2, 4, 7))
long <- data.frame(y = as.vector(ratings), case = factor(rep(1:6, 4)), reader = factor(rep(1:4, each = 6)))
ms <- summary(aov(y ~ case + reader, data = long))[[1]][["Mean Sq"]]
n <- 6; k <- 4
icc <- (ms[1] - ms[3]) / (ms[1] + (k - 1) * ms[3] + k / n * (ms[2] - ms[3]))
a <- k * icc / (n * (1 - icc)); b <- 1 + k * icc * (n - 1) / (n * (1 - icc))
v <- (a * ms[2] + b * ms[3])^2 / ((a * ms[2])^2 / (k - 1) + (b * ms[3])^2 / ((n - 1) * (k - 1)))
lo <- qf(0.975, n - 1, v); hi <- qf(0.975, v, n - 1)
rest <- k * ms[2] + (k * n - k - n) * ms[3]

# JSON by hand: base R has no writer
json <- function(x) {
  if (is.data.frame(x)) return(paste0("[", paste(apply(cbind(sprintf('"%s"', x$reader), sprintf('"%s"', x$treatment),
    sprintf('"%s"', x$case), x$truth, x$rating), 1, function(row) paste0("[", paste(row, collapse = ","), "]")), collapse = ",\n"), "]"))
  if (is.list(x)) return(paste0("{", paste(sprintf('"%s":%s', if (is.null(names(x))) seq_along(x) else names(x), sapply(x, json)), collapse = ",\n"), "}"))
  if (is.character(x)) return(sprintf('"%s"', x))
  text <- formatC(x, digits = 17, format = "g")
  if (length(x) == 1) text else paste0("[", paste(text, collapse = ","), "]")
}

positive <- function(d) d$truth == 1
negative <- function(d) d$truth == 0
out <- list(
  made = paste("make_mrmc_fixtures.R,", R.version.string),
  two = rated(two), three = rated(three),
  expected = list(
    two = list(jackknife = small$o, delong = or(two, auc, delong(two)), unbiased = or(two, auc, unbiased(two)),
               sensitivity = or(two, sens, jackknife(two, sens, positive)),
               specificity = or(two, spec, jackknife(two, spec, negative)),
               partial = or(two, pauc, jackknife(two, pauc, all.cases)), dbm = dbm(two)),
    three = list(jackknife = or(three, auc, jackknife(three, auc, all.cases)), delong = or(three, auc, delong(three)),
                 unbiased = or(three, auc, unbiased(three)), dbm = dbm(three)),
    nested = lapply(nested, function(d) or(d, auc, jackknife(d, auc, all.cases)))),
  power = list(of10by200 = power(small$o, 10, 200, 40, 0.05), of6by100 = power(small$o, 6, 100, 40, 0.04)),
  icc = list(value = icc, lower = n * (ms[1] - lo * ms[3]) / (lo * rest + n * ms[1]),
             upper = n * (hi * ms[1] - ms[3]) / (rest + n * hi * ms[1])),
  f = list(tail = pf(c(0.5, 3, 40), c(1, 2, 3), c(4.5, 30, 91.36), lower.tail = FALSE),
           chisq = pchisq(c(0.3, 5.5, 20, 40), 1:4, lower.tail = FALSE),
           quantile = qf(c(0.025, 0.5, 0.975), c(5, 2, 3.3), c(7.5, 10, 4.4))))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
writeLines(json(out), file.path(here, "..", "fixtures", "mrmc.json"))
