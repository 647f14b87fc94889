#include "libsizing/base/network.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

TEST(network, reads_addresses_and_networks_of_both_protocols) {
  EXPECT_EQ(parse_network("192.168.1.5"), (Network{"192.168.1.5", false}));
  EXPECT_EQ(parse_network("10.0.0.0/8"), (Network{"10.0.0.0/8", false}));
  EXPECT_EQ(parse_network("0.0.0.0/0"), (Network{"0.0.0.0/0", false}));
  EXPECT_EQ(parse_network("FD00:0:0::/8"), (Network{"fd00::/8", true}));
  EXPECT_EQ(parse_network("::1/128"), (Network{"::1/128", true}));
}

TEST(network, names_the_network_that_an_address_with_a_prefix_means) {
  const auto error = refusal([] { parse_network("10.1.2.3/16"); });
  EXPECT_TRUE(contains(error.allowed(), "10.1.0.0/16")) << error.what();
  EXPECT_TRUE(contains(refusal([] { parse_network("fd01::/8"); }).allowed(), "fd00::/8"));
}

TEST(network, refuses_everything_else) {
  const std::string zero("10.0.0.1\0; reboot", 17);
  for (const std::string& text :
       {std::string(), std::string("localhost"), std::string("10.0.0"), std::string("10.0.0.0/"),
        std::string("10.0.0.0/33"), std::string("::/129"), std::string("10.0.0.0/-1"), std::string("10.0.0.0/8/8"),
        std::string(" 10.0.0.1"), std::string("10.0.0.1 "), std::string("fe80::1%eth0"), std::string("10.0.0.1;reboot"),
        std::string("10.0.0.0/99999999999999"), zero})
    EXPECT_FALSE(refusal([&] { parse_network(text); }).problem().empty()) << text;
}

TEST(network, lists_are_refused_at_their_key) {
  EXPECT_EQ(parse_networks({"10.0.0.1", "fd00::/8"}, "--clients-from").size(), 2U);
  EXPECT_EQ(refusal([] { parse_networks({"10.0.0.1", "opsi"}, "--clients-from"); }).place().key, "--clients-from");
  const std::vector<std::string> many(most_networks + 1, "10.0.0.1");
  EXPECT_EQ(refusal([&] { parse_networks(many, "clients_from"); }).place().key, "clients_from");
}

}  // namespace
}  // namespace sizing
