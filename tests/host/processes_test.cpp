#include "libsizing/host/processes.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/fake_proc.h"

namespace sizing {
namespace {

std::vector<int> pids_of(const std::vector<Process>& processes) {
  std::vector<int> pids;
  for (const Process& process : processes) pids.push_back(process.pid);
  return pids;
}

// proc(5): pid (comm) state ppid, and starttime is field 22.
TEST(process_stat, is_read_around_a_name_with_brackets_and_blanks) {
  const auto process =
      parse_stat("17 (a) b (c)) S 1 17 17 0 -1 4194560 0 0 0 0 1 2 0 0 20 0 1 0 987654 21504000 100\n");
  ASSERT_TRUE(process);
  EXPECT_EQ(process->pid, 17);
  EXPECT_EQ(process->command, "a) b (c)");
  EXPECT_EQ(process->state, 'S');
  EXPECT_EQ(process->parent, 1);
  EXPECT_EQ(process->start, 987654);
}

TEST(process_stat, is_nothing_else) {
  const std::string whole = "17 (smbd) S 1 17 17 0 -1 4194560 0 0 0 0 1 2 0 0 20 0 1 0 98765";
  EXPECT_TRUE(parse_stat(whole));
  for (std::size_t cut = 0; cut < whole.size() - 6; ++cut) EXPECT_FALSE(parse_stat(whole.substr(0, cut))) << cut;
  for (const char* text : {"", "x (smbd) S 1", "17 smbd S 1", "17 (smbd S 1", ") (", "17 () ", "() "})
    EXPECT_FALSE(parse_stat(text)) << text;
}

TEST(sizes, are_lines_in_kb) {
  const auto sizes =
      parse_sizes("55-7f ---p 0 00:00 0 [rollup]\nRss:    1234 kB\nPss:\t 12 kB\nThreads:\t4\nBad: x kB\nAnon: 7 kB");
  EXPECT_EQ(sizes, (std::map<std::string, double>{{"Rss", 1234}, {"Pss", 12}, {"Anon", 7}}));
}

TEST(processes, are_listed_by_number_without_those_that_have_ended) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {"/usr/sbin/smbd", "--foreground"});
  proc.process(20, 100, "smbd", {"/usr/sbin/smbd"});
  proc.process(30, 100, "smbd", {}, 'Z');
  proc.write("proc/40/stat", "no stat");
  proc.write("proc/50/stat", "51 (other) S 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 5 0\n");
  proc.write("proc/self/stat", "20 (smbd) S 1");
  const auto processes = read_processes(proc.root());
  EXPECT_EQ(pids_of(processes), (std::vector<int>{20, 100}));
  EXPECT_EQ(processes[1].arguments, (std::vector<std::string>{"/usr/sbin/smbd", "--foreground"}));
}

TEST(processes, are_chosen_with_all_that_they_started) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {});
  proc.process(101, 100, "smbd", {});
  proc.process(50, 101, "rpcd_lsad", {});  // numbers have started again
  proc.process(102, 1, "smbd", {});
  EXPECT_EQ(pids_of(with_children(read_processes(proc.root()), {100})), (std::vector<int>{50, 100, 101}));
  EXPECT_TRUE(with_children(read_processes(proc.root()), {7}).empty());
}

TEST(process_memory, is_pss_and_both_private_parts) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {});
  proc.memory(100, {500, 30, 70, 2000, 40});
  const ProcessMemory memory = read_memory(proc.root(), read_processes(proc.root()).at(0));
  EXPECT_EQ(memory.pss, 500);
  EXPECT_EQ(memory.uss, 100);  // 30 + 70
  EXPECT_EQ(memory.rss, 2000);
  EXPECT_EQ(memory.page_tables, 40);
  EXPECT_EQ(memory.swap, 0);
}

TEST(process_memory, is_never_guessed) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {});
  proc.status(100, {0, 0, 0, 2000, 40});
  const ProcessMemory memory = read_memory(proc.root(), read_processes(proc.root()).at(0));
  EXPECT_FALSE(memory.pss);
  EXPECT_FALSE(memory.uss);
  EXPECT_EQ(memory.rss, 2000);
}

TEST(descriptors, are_counted_and_sockets_known_by_inode) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {});
  const Process process = read_processes(proc.root()).at(0);
  EXPECT_FALSE(read_descriptors(proc.root(), process));
  proc.descriptors(100, 3, {4711, 4712});
  const auto descriptors = read_descriptors(proc.root(), process);
  ASSERT_TRUE(descriptors);
  EXPECT_EQ(descriptors->count, 5);
  EXPECT_EQ(descriptors->sockets, (std::vector<std::uint64_t>{4711, 4712}));
}

TEST(process, runs_while_its_number_started_at_the_same_time) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {});
  Process process = read_processes(proc.root()).at(0);
  EXPECT_TRUE(still_runs(proc.root(), process));
  process.start = 5;
  EXPECT_FALSE(still_runs(proc.root(), process)) << "another one by now";
  proc.process(100, 1, "smbd", {}, 'Z');
  process.start = 1000;
  EXPECT_FALSE(still_runs(proc.root(), process));
}

TEST(system_memory, names_what_the_kernel_holds) {
  const SystemMemory memory = read_system_memory(FakeProc().root());
  EXPECT_EQ(memory.available, 3000000);
  EXPECT_EQ(memory.slab, 900);
  EXPECT_EQ(memory.slab_unreclaimable, 300);
  EXPECT_EQ(memory.kernel_stack, 70);
  EXPECT_EQ(memory.page_tables, 80);
  EXPECT_EQ(memory.swap_used, 100);  // 500 - 400
}

TEST(processes, of_this_machine_have_this_one_among_them) {
  const auto processes = read_processes(Root{});
  bool found = false;
  for (const Process& process : processes)
    if (process.pid == static_cast<int>(::getpid())) {
      found = true;
      const ProcessMemory memory = read_memory(Root{}, process);
      ASSERT_TRUE(memory.rss && memory.pss && memory.uss);
      EXPECT_LE(*memory.uss, *memory.pss);
      EXPECT_LE(*memory.pss, *memory.rss + 1024);  // read at two moments
      ASSERT_TRUE(read_descriptors(Root{}, process));
      EXPECT_GE(read_descriptors(Root{}, process)->count, 1);
    }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace sizing
