#include "libsizing/host/proxy.h"

#include <algorithm>
#include <optional>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/names.h"
#include "libsizing/host/place.h"

namespace sizing {
namespace {

constexpr std::string_view page = "req42";
constexpr std::string_view shape = "a complete URL: http://proxy-address:port";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '.' || c == '-';
  });
}

// A part of the value, with its place in it.
struct Part {
  std::string_view text;
  std::size_t offset = 0;
};

// The parts of a proxy's URL, whatever they hold.
struct Url {
  Part scheme, credentials, host, port, path;
  bool has_scheme = false, has_credentials = false, has_port = false;
};

// Where the scheme of a URL ends: behind "://"; 0 without one.
std::size_t behind_scheme(std::string_view value) {
  const std::size_t end = value.find("://");
  return end != std::string_view::npos && is_scheme(value.substr(0, end)) ? end + 3 : 0;
}

// Where the port's colon of "host:port" is, behind the bracket of an IPv6 address; the size where there is none.
std::size_t port_colon(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0;
  return std::min(authority.find(':', from), authority.size());
}

Url parse(std::string_view value) {
  Url url;
  std::size_t at = behind_scheme(value);
  url.has_scheme = at > 0;
  if (url.has_scheme) url.scheme = {value.substr(0, at - 3), 0};
  // The last '@': a password may hold one, although it should not.
  const std::size_t sign = value.rfind('@');
  if (sign != std::string_view::npos && sign >= at) {
    url.has_credentials = true;
    url.credentials = {value.substr(at, sign - at), at};
    at = sign + 1;
  }
  const std::size_t end = std::min(value.find_first_of("/?#", at), value.size());
  const std::string_view authority = value.substr(at, end - at);
  const std::size_t colon = port_colon(authority);
  url.host = {authority.substr(0, colon), at};
  url.has_port = colon < authority.size();
  if (url.has_port) url.port = {authority.substr(colon + 1), at + colon + 1};
  url.path = {value.substr(end), end};
  return url;
}

// The rows of one URL.
class UrlCheck {
 public:
  UrlCheck(std::string_view value, const Place& where)
      : value_(value), where_(where), prefix_(lower(where.key)), url_(parse(value)) {}

  std::vector<Check> rows() {
    if (trim(value_).empty()) {
      row("empty", "Value", Verdict::note, "", shape, "An empty value means: no proxy.", {value_, 0});
      return rows_;
    }
    scheme();
    host();
    port();
    path();
    credentials();
    return rows_;
  }

 private:
  void row(std::string_view id, std::string_view title, Verdict verdict, std::string found, std::string_view required,
           std::string_view advice, const Part& part, std::string_view source = page) {
    rows_.push_back({prefix_ + "." + std::string(id), std::string(title), verdict, std::move(found),
                     std::string(required), std::string(source), verdict == Verdict::pass ? "" : std::string(advice),
                     place_in(where_, value_, part.offset)});
  }

  std::string shown() const { return excerpt(mask_proxy(value_)); }

  void scheme() {
    const std::string name = lower(url_.scheme.text);
    const bool good = name == "http" || name == "https";
    row("scheme", "Scheme of the proxy's URL", good ? Verdict::pass : Verdict::fail, shown(), shape,
        url_.has_scheme ? "Write http:// or https:// at the start." : "Write http:// before the proxy's address.",
        url_.scheme);
  }

  // The host is an address or the name of a host; the row of a breach of that is taken over.
  void host() {
    constexpr std::string_view title = "Host of the proxy's URL", required = "a host name or an address";
    if (url_.host.text.empty())
      return row("host", title, Verdict::fail, shown(), required, "Write the proxy's name or address.", url_.host);
    for (const Check& check : check_host_name(url_.host.text)) {
      const std::size_t offset = url_.host.offset + static_cast<std::size_t>(check.place.column - 1);
      if (check.verdict == Verdict::fail && check.id != "host_name.address")
        return row("host", title, Verdict::fail, check.found, check.required, check.advice, {value_, offset},
                   check.source);
    }
    row("host", title, Verdict::pass, excerpt(url_.host.text), required, "", url_.host);
  }

  void port() {
    constexpr std::string_view title = "Port of the proxy's URL", required = "1 to 65535";
    if (!url_.has_port)
      return row("port", title, Verdict::warning, "none", required,
                 "Add the port, such as :3128: without it clients take different ones.", {"", url_.path.offset});
    const bool good = parse_port(url_.port.text).has_value();
    const bool secret = !all_digits(url_.port.text);  // perhaps a password without its '@'
    row("port", title, good ? Verdict::pass : Verdict::fail, secret ? "no number" : excerpt(url_.port.text), required,
        "Write the port as a number.", url_.port);
  }

  void path() {
    if (url_.path.text.empty() || url_.path.text == "/") return;
    row("path", "Behind the proxy's port", Verdict::note, "a path", "nothing behind the port",
        "Take it out: a proxy has no path.", url_.path);
  }

  void credentials() {
    if (!url_.has_credentials) return;
    constexpr std::string_view title = "User and password in the proxy's URL";
    constexpr std::string_view raw = "-._~!$&'()*+,;=:%";  // RFC 3986, 3.2.1
    const std::string_view text = url_.credentials.text;
    const auto bad = std::find_if(text.begin(), text.end(), [&](char c) {
      return !is_letter(c) && !is_digit(c) && raw.find(c) == std::string_view::npos;
    });
    if (bad != text.end())
      return row("credentials", title, Verdict::fail, "a character that must be encoded", "percent-encoded characters",
                 "Encode it, such as %40 for @ and %2F for /.",
                 {text, url_.credentials.offset + static_cast<std::size_t>(bad - text.begin())}, "rfc3986");
    row("credentials", title, Verdict::note, "given (not shown)", "only where the proxy asks for it",
        "Whoever can read the file or the environment can read them.", url_.credentials);
  }

  std::string_view value_;
  const Place& where_;
  std::string prefix_;
  Url url_;
  std::vector<Check> rows_;
};

}  // namespace

std::vector<Check> check_proxy_url(std::string_view value, const Place& where) { return UrlCheck(value, where).rows(); }

std::string mask_proxy(std::string_view value) {
  const std::size_t start = behind_scheme(value);
  std::string head(value.substr(0, start));
  std::string_view rest = value.substr(start);
  if (const std::size_t sign = value.rfind('@'); sign != std::string_view::npos) {
    head = (sign >= start ? head : "") + "***@";
    rest = value.substr(sign + 1);
    if (sign < start) return head + mask_proxy(rest);
  }
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t colon = port_colon(authority);
  if (colon == authority.size() || all_digits(authority.substr(colon + 1))) return head.append(rest);
  return head.append(rest.substr(0, colon + 1)) + "***";
}

}  // namespace sizing
