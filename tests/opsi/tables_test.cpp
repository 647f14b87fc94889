#include "libsizing/opsi/tables.h"

#include <gtest/gtest.h>

#include "libsizing/base/file.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

TEST(tables, are_embedded_byte_for_byte) {
  for (const std::string table :
       {"figures", "sources", "ports", "endpoints", "programs", "distributions", "end_of_life"})
    EXPECT_TRUE(table_text(table) == read_file("data/tables/" + table + ".csv", 1 << 24)) << table;
  EXPECT_TRUE(table_text("none").empty());
}

TEST(tables, have_a_source_unit_kind_and_range_for_every_figure) {
  ASSERT_GT(figures().size(), 40U);
  for (const Figure& figure : figures()) {
    EXPECT_TRUE(std::any_of(sources().begin(), sources().end(), [&](const Source& s) { return s.id == figure.source; }))
        << figure.name;
    EXPECT_EQ(parse_unit(name(figure.unit)), figure.unit) << figure.name;
    EXPECT_LE(figure.low.value_or(figure.value), figure.value) << figure.name;
    EXPECT_GE(figure.high.value_or(figure.value), figure.value) << figure.name;
    EXPECT_NE(figure.kind, Kind::given) << figure.name;
    EXPECT_FALSE(figure.note.empty()) << figure.name;
    EXPECT_NE(value_text(figure), "") << figure.name;
  }
}

TEST(tables, cite_only_sources_that_say_where_they_are) {
  for (const Source& source : sources()) {
    EXPECT_FALSE(source.title.empty()) << source.id;
    EXPECT_FALSE(source.where.empty()) << source.id;
  }
}

TEST(tables, know_ports_distributions_and_ends_of_life) {
  // The page: opsiconfd listens on 4447/tcp.
  EXPECT_TRUE(std::any_of(ports().begin(), ports().end(), [](const Port& p) {
    return p.opsi == "4.2" && p.port == "4447" && p.protocol == "tcp" && p.to.config && p.from.client;
  }));
  EXPECT_TRUE(std::any_of(distributions().begin(), distributions().end(), [](const LinuxRelease& d) {
    return d.opsi == "4.2" && d.id == "debian" && d.release == "11" && d.status == "supported";
  }));
  EXPECT_FALSE(end_of_life().empty());
}

const std::vector<Source> page = {{"page", "A page", "there", "", ""}, {"assumed", "Nobody", "-", "", ""}};
const std::string figure_header = "key,value,low,high,unit,kind,opsi,source,note\n";

std::vector<Figure> read(const std::string& rows) { return read_figures(figure_header + rows, "f.csv", page); }

TEST(read_figures, reads_numbers_curves_and_words) {
  const auto rows =
      read("a,5,4,6,MB,published,4.2,page,n\nb,1:2|3:4,,,client:MB,measured,-,page,n\nc,x|y,,,-,published,-,page,n\n");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].value, 5);
  EXPECT_EQ(range_text(rows[0]), "4 to 6");
  EXPECT_EQ(unit_text(rows[1]), "client:MB");
  EXPECT_EQ(value_text(rows[1]), "1:2|3:4");
  EXPECT_EQ(rows[2].text, "x|y");
}

TEST(read_figures, names_file_line_and_figure_of_a_wrong_row) {
  struct Wrong {
    const char *row, *problem;
  };
  const std::vector<Wrong> wrong = {
      {"b,5,,,MB,published,4.2,pgae,n\n", "no such source"},
      {"b,5,,,MB,published,4.2,,n\n", "no such source"},
      {"b,5,6,,MB,published,4.2,page,n\n", "the value is outside its own range"},
      {"b,5,,4,MB,published,4.2,page,n\n", "the value is outside its own range"},
      {"b,5,,,Mb,published,4.2,page,n\n", "unknown unit"},
      {"b,5,,,MB,guessed,4.2,page,n\n", "unknown kind of figure"},
      {"b,5,,,MB,given,4.2,page,n\n", "unknown kind of figure"},
      {"a,5,,,MB,published,4.2,page,n\n", "a second figure of this name"},
      {"b,five,,,MB,published,4.2,page,n\n", "not a value"},
      {"b,,,,MB,published,4.2,page,n\n", "not a value"},
      {"b,-5,,,MB,published,4.2,page,n\n", "not a value"},
      {"b,nan,,,MB,published,4.2,page,n\n", "not a value"},
      {"b,5,low,,MB,published,4.2,page,n\n", "not a number"},
      {"b,1:2,,,client:MB,published,4.2,page,n\n", "not a curve"},
      {"b,3:2|1:5,,,client:MB,published,4.2,page,n\n", "not a curve"},
      {"b,5,,,MB,assumed,4.2,page,n\n", "an assumed figure has the source 'assumed', and no other has it"},
      {"b,5,,,MB,published,4.2,assumed,n\n", "an assumed figure has the source 'assumed', and no other has it"},
      {"b,5,,,MB,published,4.2,page\n", "a row has another number of fields than the header"},
  };
  for (const Wrong& w : wrong) {
    const InputError error = refusal([&] { read("a,5,,,MB,published,4.2,page,n\n" + std::string(w.row)); });
    EXPECT_EQ(error.problem(), w.problem) << w.row;
    EXPECT_EQ(describe({error.place().file, error.place().line, 0, ""}), "f.csv:3") << w.row;
  }
  EXPECT_EQ(refusal([&] { read("a,5,,,Mb,published,4.2,page,n\n"); }).place().key, "a");
}

TEST(read_figures, wants_its_columns) {
  const InputError error = refusal([] { read_figures("key,value\na,5\n", "f.csv", page); });
  EXPECT_EQ(describe(error.place()), "f.csv:1");
  EXPECT_EQ(error.problem(), "the table has other columns");
  refusal([] { read_figures("", "f.csv", page); });
}

TEST(read_ports, names_unknown_ends_protocols_and_sources) {
  const std::string header = "opsi_version,port,protocol,from,to,purpose,condition,source,option\n";
  const std::vector<Endpoint> ends = {{"client", false, false, true, false}, {"server", true, true, false, false}};
  const auto problem = [&](const char* row) {
    const InputError error = refusal([&] { read_ports(header + row, "p.csv", ends, page); });
    EXPECT_EQ(error.place().line, 2);
    return error.problem() + ": " + error.found();
  };
  EXPECT_EQ(problem("4.2,4447,tcp,clinet,server,x,always,page,\n"), "unknown end of a connection: clinet");
  EXPECT_EQ(problem("4.2,4447,tcp,client,sever,x,always,page,\n"), "unknown end of a connection: sever");
  EXPECT_EQ(problem("4.2,4447,icmp,client,server,x,always,page,\n"), "unknown word: icmp");
  EXPECT_EQ(problem("4.2,4447,tcp,client,server,x,always,none,\n"), "no such source: none");
  EXPECT_EQ(read_ports(header + "4.2,4447,tcp,client,server,x,always,page,\n", "p.csv", ends, page).size(), 1U);
}

TEST(read_endpoints, wants_yes_or_no) {
  const InputError error =
      refusal([] { read_endpoints("endpoint,config,depot,client,local,admin\na,yes,no,maybe,no,no\n", "e.csv"); });
  EXPECT_EQ(error.what(), std::string("e.csv:2: a: unknown word; found maybe; allowed: yes, no"));
}

TEST(read_distributions, knows_four_states) {
  const std::string header = "opsi_version,distribution,id,release,status,source\n";
  EXPECT_EQ(refusal([&] { read_distributions(header + "4.2,Debian 12,debian,12,fine,page\n", "d.csv", page); }).found(),
            "fine");
  EXPECT_EQ(read_distributions(header + "4.2,Debian 12,debian,12,supported,page\n", "d.csv", page)[0].release, "12");
}

TEST(read_port_programs, wants_a_port_a_protocol_and_a_name) {
  const std::string header = "port,protocol,program,source,note\n";
  const auto problem = [&](const char* row) {
    return refusal([&] { read_port_programs(header + row, "p.csv", page); }).problem();
  };
  EXPECT_EQ(problem("0,tcp,smbd,page,n\n"), "not a port");
  EXPECT_EQ(problem("65536,tcp,smbd,page,n\n"), "not a port");
  EXPECT_EQ(problem("44.5,tcp,smbd,page,n\n"), "not a port");
  EXPECT_EQ(problem("445,icmp,smbd,page,n\n"), "unknown word");
  EXPECT_EQ(problem("445,tcp,,page,n\n"), "no program is named");
  EXPECT_EQ(problem("445,tcp,smbd,none,n\n"), "no such source");
  EXPECT_EQ(read_port_programs(header + "445,tcp,smbd,page,n\n", "p.csv", page)[0].program, "smbd");
}

// Who listens is known of every server port that a release asks for on a server.
TEST(tables, name_the_programs_of_the_ports_that_servers_listen_on) {
  for (const int port : {4447, 445, 69, 3306, 6379, 3000, 22})
    EXPECT_TRUE(std::any_of(port_programs().begin(), port_programs().end(), [&](const PortProgram& p) {
      return p.port == port;
    })) << port;
}

TEST(read_end_of_life, wants_a_date) {
  const std::string header = "distribution,version,end_of_life,source\n";
  for (const char* date : {"2026-6-10", "10.06.2026", "", "2026/06/10", "20260610ab", "2026-06-1O"})
    EXPECT_EQ(refusal([&] { read_end_of_life(header + "debian,12," + date + ",page\n", "e.csv", page); }).problem(),
              "not a date")
        << date;
  EXPECT_EQ(read_end_of_life(header + "debian,12,2026-06-10,page\n", "e.csv", page)[0].date, "2026-06-10");
}

}  // namespace
}  // namespace sizing
