#include "libsizing/report/method_waiting.h"

#include <fmt/format.h>

#include "libsizing/base/number.h"
#include "libsizing/queueing/day.h"
#include "libsizing/queueing/occupancy.h"
#include "libsizing/queueing/stationary.h"
#include "libsizing/queueing/transfer.h"

namespace sizing {
namespace {

// The routine of data/sites/school.toml; a test holds it to the file.
constexpr double lesson_clients = 152, lesson_start = 27'900, lesson_window = 900, lesson_session = 120;

Occupancy lesson() {
  const Sessions sessions{{lesson_clients, lesson_start, lesson_window, {ArrivalShape::Kind::normal, 0.5, {}}},
                          {Distribution::Kind::constant, lesson_session, 0}};
  return occupancy({&sessions, 1});
}

// 400 clients at once, 6 GB each, over 1 Gbit/s with 100 slots.
TransferAnswer upgrade() {
  return transfer({{400, 0, 0, {ArrivalShape::Kind::at_once, 0.5, {}}}, 6e9, 1.25e8, 0, 100});
}

std::string error_of(const TextbookValue& value) {
  return fmt::format("off by {:.2g} % on average and by at most {:.2g} % over {}", 100 * value.error.mean,
                     100 * value.error.largest, value.error.measured);
}

// Whose errors are printed: Erlang-2 service at two servers, arrivals at random, and Erlang-2 arrivals.
StationaryAnswer two_servers(Distribution::Kind arrivals) {
  return stationary({{arrivals, 1, 2}, {Distribution::Kind::erlang, 1, 2}, 2});
}

void add_erlang(Document& doc) {
  doc.push_back(Heading{3, "Steady load"});
  doc.push_back(Paragraph{
      "Customers come at random at the rate lambda, c servers take them first come, first served, a service takes S on "
      "average, and s² is its squared coefficient of variation. a = lambda S is the offered load, rho = a / c the "
      "utilisation, which is below 1."});
  doc.push_back(Verbatim{
      "Erlang B     B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)), n up to c    the share lost where nobody waits\n"
      "Erlang C     C = B / (1 - rho (1 - B))                                 the share that waits\n"
      "M/M/c        W = C S / (c - a)                                         mean wait\n"
      "             P(wait > t) = C exp(-(c - a) t / S)\n"
      "M/G/1        W = rho S (1 + s²) / (2 (1 - rho))\n"
      "M/D/c        W = S / a × sum of E[max(X_n - n c, 0)] / n, n from 1, X_n Poisson with mean n a\n"
      "M/G/c        W = h × 2 W_M W_D / (2 alpha W_D + (1 - alpha) W_M)\n"
      "             h = (1 + s²) / 2, alpha = (2 h S / gamma - c - 1) / (c - 1)\n"});
  doc.push_back(Paragraph{
      "W_M and W_D are the waits of M/M/c and M/D/c, gamma is the mean of the shortest of c remaining services. "
      "Sources: "
      "A. K. Erlang, 1917 (B, C); R. B. Cooper, Introduction to Queueing Theory, 1981, sections 3.3 and 3.4 (M/M/c); "
      "F. "
      "Pollaczek, 1930, and A. Y. Khinchine, 1932 (M/G/1); C. D. Crommelin, 1932 (M/D/c); O. J. Boxma, J. W. Cohen and "
      "N. Huffels, Operations Research 27, 1979 (M/G/c)."});
  doc.push_back(Paragraph{"M/G/c is an approximation, " +
                          error_of(two_servers(Distribution::Kind::exponential).mean_wait) +
                          ". Arrivals that are not at random, with the squared coefficient of variation a²:"});
  doc.push_back(
      Verbatim{"GI/M/c       exact (L. Takács, Introduction to the Theory of Queues, 1962, chapter 2)\n"
               "GI/G/c       W = W(M/G/c) × (W(GI/M/c) / W(M/M/c))^p\n"
               "             p = log((a² + s²) / (1 + s²)) / log((1 + a²) / 2)\n"});
  doc.push_back(
      Paragraph{"p is right for arrivals at random, for exponential service and in heavy traffic; the form is "
                "the library's own, " +
                error_of(two_servers(Distribution::Kind::erlang).mean_wait) + "."});
  doc.push_back(
      Paragraph{"To recompute: a = 2, c = 3 gives B(1) = 2/3, B(2) = 2/5, B = 4/19 and C = 4/9; with S = 10 ms the "
                "mean wait is 4/9 "
                "× 10 ms / (3 - 2) = 4.44 ms."});
}

void add_finite_source(Document& doc) {
  doc.push_back(Heading{3, "Clients that come back"});
  doc.push_back(
      Paragraph{"N clients think for Z on average, need one of m servers for S, and think again (M/M/m//N): "
                "what a steady timer does. p(n) is the share of time in which n of them are at the servers."});
  doc.push_back(
      Verbatim{"p(n) / p(n-1) = (N - n + 1) S / (min(n, m) Z)\n"
               "throughput X  = sum of p(n) min(n, m) / S\n"
               "response R    = S + sum of p(n) max(n - m, 0) / X        N = X (Z + R)\n"});
  doc.push_back(
      Paragraph{"Exact for exponential S, whatever the distribution of Z. Source: L. Takács, Introduction to "
                "the Theory of Queues, 1962, chapter 5. To recompute: N = 2, m = 1, Z = S = 1 gives p = 1/5, "
                "2/5, 2/5, X = 4/5 and R = 3/2."});
}

void add_simulation(Document& doc) {
  doc.push_back(Heading{3, "A simulated day"});
  doc.push_back(Paragraph{
      "Where the load changes with the time of the day no formula says how long people wait, and the day is simulated. "
      "A "
      "client comes by the shape of its routine and sends its requests one after the other, the next a pause after the "
      "answer. A request goes through three stages, each first come, first served:"});
  doc.push_back(
      Verbatim{"thread      start = max(comes, first free thread)            held until the end\n"
               "connection  start = max(thread's start, first free one)      held until the end\n"
               "core        start = max(connection's start, first free core) held for core share × time\n"
               "end = core's start + time                                    wait = core's start - comes\n"});
  doc.push_back(Paragraph{
      "opsiconfd of the config server: threads are opsiconfd.concurrent_requests, connections [opsiconfd.mysql_pool] + "
      "[opsiconfd.mysql_overflow] for each worker, cores those of the hardware, or server.cores, but at most "
      "[opsiconfd.busy_cores_per_worker] for each worker. The fewest workers and cores of a service level (plan "
      "--within) are found by bisection, with the same random numbers: first workers, each with the cores that it "
      "keeps "
      "busy, then cores. A level is kept where the figure and its half-width together are within it and nobody gives "
      "up."});
  doc.push_back(Paragraph{
      "A recursion over requests in the order in which they come, not an event list (J. Kiefer and J. Wolfowitz, On "
      "the "
      "theory of queues with many servers, Transactions of the American Mathematical Society 78, 1955). Patience: a "
      "request that finds the backlog full cannot connect, and its client gives up after the time to connect; one that "
      "is not answered within the time to read is sent again, while the server finishes the first in vain. Both are "
      "tried again after a random time, and after so many tries the client goes away."});
  doc.push_back(Paragraph{
      "The day is simulated in independent replications, each with random numbers of its own (xoshiro256+: D. Blackman "
      "and S. Vigna, ACM Transactions on Mathematical Software 47, 2021). A figure is the mean of what the r "
      "replications found, x, and its 95 % confidence interval is x ± t s / sqrt(r), with s their standard deviation "
      "and "
      "t Student's quantile for r - 1 degrees of freedom (A. M. Law, Simulation Modeling and Analysis, 2015, section "
      "9.4.2). A percentile is read from counts in bins that are a 64th of a doubling wide, so it is exact to 1.6 % of "
      "itself. The same seed gives the same figures on every machine."});
}

}  // namespace

void add_load_example(Document& doc) {
  const Occupancy morning = lesson();
  const BusiestTime peak = busiest(morning);
  doc.push_back(Heading{3, "A peak to recompute"});
  doc.push_back(Paragraph{
      "The routine of data/sites/school.toml: 152 clients come from 07:45 on within 15 min in the normal shape, so "
      "around "
      "07:52:30 with a standard deviation of 900 s / 6 = 150 s, and each stays for 120 s. With Phi, the normal "
      "distribution, F(t) is the share that has come, and those are there who came within the last 120 s:"});
  doc.push_back(Verbatim{fmt::format(
      "F(t)     = (Phi((t - 07:52:30) / 150 s) - Phi(-3)) / (Phi(3) - Phi(-3))      m(t) = 152 (F(t) - F(t - 120 s))\n"
      "07:50    Phi(-1) = 0.158655, Phi(-1.8) = 0.035930                            m = 152 × 0.122725 / 0.997300 = "
      "{:.2f}\n"
      "07:53:30 Phi(0.4) = 0.655422, Phi(-0.4) = 0.344578, the peak                 m = 152 × 0.310843 / 0.997300 = "
      "{:.2f}\n",
      mean_present(morning, lesson_start + 300), peak.mean)});
  doc.push_back(
      Paragraph{fmt::format("The quantile is the smallest n with sum of exp(-m) m^k / k!, k from 0 to n, of at least "
                            "99 %: the sum up to 63 is "
                            "0.98773, up to 64 it is 0.99134, so a plan takes {}.",
                            most_present(peak.mean, lesson_clients))});
  const TransferAnswer all = upgrade();
  doc.push_back(Heading{3, "Transfers to recompute"});
  doc.push_back(Paragraph{fmt::format(
      "N clients at once with K slots go in N div K batches of K bytes / line each, and one of the rest. 400 clients, "
      "6 "
      "GB, 1 Gbit/s (125 MB/s), 100 slots: 4 batches of 100 × 6000 MB / 125 MB/s = {} s, all done after {} s, the last "
      "after {} s of waiting.",
      rounded(all.longest_time), rounded(all.end), rounded(all.longest_wait))});
}

void add_waiting(Document& doc) {
  doc.push_back(Heading{2, "Waiting"});
  add_erlang(doc);
  add_finite_source(doc);
  add_simulation(doc);
}

}  // namespace sizing
