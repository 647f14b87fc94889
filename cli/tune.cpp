// tune: the settings that follow from a plan, as cards, as a diff, or as files below a folder.
#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/host/tuning.h"
#include "libsizing/host/write_below.h"
#include "libsizing/report/tune_report.h"

namespace sizing::cli {
namespace {

TuneOptions options_of(const Invocation& call, const std::string& opsi) {
  TuneOptions options;
  const bool changes = call.has("diff") || call.has("write");
  if (call.has("root") || changes) options.root = open_root(call.value("root", "/"));
  options.root_name = call.value("root", "/");
  if (call.has("family")) options.family = parse_family(call.value("family"));
  options.lower = call.has("lower");
  options.stamp = written_stamp(call.stamp, opsi);
  return options;
}

void refuse_together(const Invocation& call) {
  if (call.has("diff") && call.has("write"))
    throw InputError({"", 0, 0, "--diff"}, "is one thing and --write another: ask for one of them");
  if (call.has("diff") && call.has("format"))
    throw InputError({"", 0, 0, "--format"}, "is for cards; a diff has a form of its own");
  if (call.has("force") && !call.has("write")) throw InputError({"", 0, 0, "--force"}, "is for --write DIR");
}

int run_tune(Invocation& call) {
  refuse_together(call);
  const Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  const Plan plan = make_plan(site);
  const Tuning tuning = tune(plan.servers.at(asked_server(call, site)), options_of(call, plan.model->name));
  if (call.has("diff") || call.has("write")) refuse_unread(tuning);
  if (call.has("diff")) {
    write_text(call, unified_diff(tuning));
    return fits;
  }
  std::vector<std::string> written;
  if (call.has("write")) {
    const std::string folder = call.value("write");
    for (const std::string& path : write_below(folder, tuning.changes, call.has("force")))
      written.push_back(folder + path);
  }
  write_report(call, report(tuning, written, call.stamp));
  return fits;
}

}  // namespace

Command tune_command() {
  std::vector<OptionGroup> groups = site_options(false);
  groups.push_back(
      {"Files",
       {{"root",
         "DIR",
         "read the existing files of this tree, such as a copy of /etc in it; / is this machine. Without it cards do "
         "not "
         "look at any file, --diff and --write look at this machine's",
         false,
         {}},
        {"family", "NAME",
         "whose paths: debian (Ubuntu and UCS, too), redhat or suse; default: by the tree's os-release", false,
         family_names()},
        {"diff", "", "the changes of the existing files, for patch -p1", false, {}},
        {"write", "DIR", "write the changed files below DIR, all or none; never into this machine's /etc", false, {}},
        {"force", "", "with --write: over files that are below DIR already", false, {}},
        {"lower", "", "write a planned value that is below the one in force as well, which else is kept", false, {}}}});
  groups.push_back(output_options());
  return {
      "tune",
      "The settings that follow from a plan: cards, a diff against the existing files, or ready files",
      "[SITE]",
      1,
      "Every setting is a card: what it is, when to change it, its default, the planned value, the value in force, "
      "why,\nand from which source. One server is tuned, the config server or --server NAME. A default is never "
      "lowered, and\nwhat is in force and allows more than the plan is kept and said. Files that hold a password "
      "(mysql.conf) are shown\nand not written. Nothing of this machine is changed: a diff is printed, files are "
      "written below a folder of their own,\nwith the rights of the files that they are to replace. A diff shows the "
      "lines around each change as they are: read it\nbefore it is passed on.",
      {{"tune data/sites/school.toml", "all settings of the school's server, as cards"},
       {"tune data/sites/school.toml --root data/hosts/school", "beside what is in force in a copied tree"},
       {"tune data/sites/school.toml --root data/hosts/school --diff", "what would change, for patch -p1"},
       {"tune data/sites/large.toml --server depot-1 --family redhat --format csv", "a depot server's, as a table"}},
      groups,
      run_tune};
}

}  // namespace sizing::cli
