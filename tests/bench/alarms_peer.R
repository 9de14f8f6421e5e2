# The peer on the series that tests/bench/alarms wrote: surveillance::farringtonFlexible with the settings of the benchmark shape. It cannot leave
# closed weeks out: an offset of no school days is refused, so they stand in its baselines as zeros. Usage: Rscript alarms_peer.R FILE SCHOOLS. Prints JSON.
suppressMessages(library(surveillance))
arguments <- commandArgs(TRUE)
all <- read.csv(arguments[1])
ids <- unique(all$school)[seq_len(as.integer(arguments[2]))]
control <- list(range = 264:323, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = .01, thresholdMethod = "nbPlugin", trend = TRUE,
                pThresholdTrend = 1, weightsThreshold = 2.58, limit54 = c(5, 4), fitFun = "algo.farrington.fitGLM.flexible")
false <- open <- found <- planted <- 0
begin <- proc.time()
for (id in ids) {
    x <- all[all$school == id, ]
    series <- sts(observed = x$planted, start = c(2015, 1), frequency = 52)
    result <- suppressWarnings(farringtonFlexible(series, control))
    alarm <- as.vector(alarms(result)) %in% 1
    outbreak <- (x$planted > x$count)[264:323]
    usual <- (x$exposure > 0)[264:323] & !outbreak
    false <- false + sum(alarm[usual]); open <- open + sum(usual)
    found <- found + any(alarm[outbreak]); planted <- planted + any(outbreak)
}
seconds <- sum((proc.time() - begin)[1:2])
cat(sprintf('{"series_per_second": %.3f, "false_alarm_share": %.5f, "detection": %.3f, "schools": %d}\n', length(ids) / seconds, false / open, found / planted, length(ids)))
