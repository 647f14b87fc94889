// The load of a day: what the routines of a site say of each server, its peaks, the course of the day and how long
// transfers take.
#pragma once

#include <string>
#include <vector>

#include "libsizing/plan/peaks.h"

namespace sizing {

/// The mean number and its quantile from midnight to midnight, at the same times for all inputs.
struct DayCourse {
  std::string input;
  std::vector<double> mean, most;
};

/// The same while there is somebody to speak of, at as many times as a chart shows.
struct CloseUp {
  std::vector<double> times, mean, most;
};

struct ServerLoad {
  std::string server;
  std::vector<RoutineAt> routines;
  std::vector<RoutinePeak> alone;    // of each routine, its connections as if it were the only one
  std::vector<RoutinePeak> peaks;    // of all together, by input
  std::vector<std::string> planned;  // by peak: what the plan takes instead, "60 connections (school.toml:9)"; or ""
  std::vector<DayCourse> courses;    // by peak
  std::vector<CloseUp> close_ups;    // by peak
  std::string answer;
};

struct LoadAnswer {
  std::string title, opsi;
  std::vector<double> times;  // seconds since midnight, of the courses
  std::vector<ServerLoad> servers;
  std::string answer;
};

inline constexpr double course_step = 300;

/// Throws InputError where the site does not resolve or has no routine.
LoadAnswer ask_load(const Site& site);

}  // namespace sizing
