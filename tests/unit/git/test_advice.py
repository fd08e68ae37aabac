"""What people are told about a URL that cannot be a remote."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.errors import Refusal
from pullcord.git import Policy
from pullcord.git.advice import EXAMPLE, LOCAL_EXAMPLE, check

CLOUD = Policy()
LAPTOP = Policy(allowed=("file://", "http://127.0.0.1:"))
ONLY = "Only allowed schemes are https: "
HOST = "Hostname or IP address invalid: "
URI = "URI is invalid: "


def said(url, policy=CLOUD):
    with pytest.raises(Refusal) as refusal:
        check(url, policy)
    return refusal.value.message


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/srv/repo", f"{ONLY}this is a path or a name, not an address."),
        ("../repo", f"{ONLY}this is a path or a name, not an address."),
        ("repo", f"{ONLY}this is a path or a name, not an address."),
        ("github.com/a/b", f"{ONLY}this is a path or a name, not an address."),
        ("//git.example.com/a", f"{ONLY}this is a path or a name, not an address."),
        ("git@host:a/b.git", f"{ONLY}this is an address for SSH."),
        ("git@host.example.com:b", f"{ONLY}this is an address for SSH."),
        ("host:a/b.git", f"{ONLY}this is an address for SSH."),
        ("ssh://git@host/a/b.git", f"{ONLY}this is an address for SSH."),
        ("SSH://git@host/a/b.git", f"{ONLY}this is an address for SSH."),
        ("ftp://host/a", f"{ONLY}this one has another scheme."),
        ("git://host/a", f"{ONLY}this one has another scheme."),
        ("http://host/a", f"{ONLY}this one has another scheme."),
        ("file:///srv/repo", f"{ONLY}this one has another scheme."),
        ("javascript://x/y", f"{ONLY}this one has another scheme."),
        ("https:/x", f"{URI}two slashes must follow https:."),
        ("https:x", f"{URI}two slashes must follow https:."),
        ("https:", f"{URI}two slashes must follow https:."),
        ("https://", f"{HOST}there is no host after https://."),
        ("https:///a/b", f"{HOST}there is no host after https://."),
        ("https://ada:s3cret@/a", f"{HOST}there is no host after https://."),
        ("https://:443/a", f"{HOST}there is no host after https://."),
        ("https://-x-/a", f"{HOST}the host or port is not spelled as usual."),
        ("https://host:0/a", f"{HOST}the host or port is not spelled as usual."),
        ("https://host:70000/a", f"{URI}its host or port cannot be understood."),
        ("https://host:x/a", f"{URI}its host or port cannot be understood."),
        ("https://[::1/a", f"{URI}its host or port cannot be understood."),
        ("https://127.1/a", f"{HOST}the host or port is not spelled as usual."),
        ("https://0x7f.1/a", f"{HOST}the host or port is not spelled as usual."),
        ("https://host/../a", f"{URI}no part of its path may be . or .. alone."),
        ("https://host/%2e%2e/a", f"{URI}no part of its path may be . or .. alone."),
        ("https://host", f"{URI}the path of the repository is missing."),
        ("https://host/a?b=c", f"{URI}it must not contain ? or #."),
        ("https://host/a#b", f"{URI}it must not contain ? or #."),
        ("https://host/a b", f"{URI}it contains a space."),
        (" https://host/a", f"{URI}it contains a space."),
        ("https://host/a\n", f"{URI}it contains a control character or a line break."),
        ("https://host/a\x00", f"{URI}it contains a control character or a line break."),
        ("https://h\u00f6st/a", f"{URI}it contains a character outside of ASCII, which has to be percent-encoded."),
        ("https://host\\a", f"{URI}it contains a backslash."),
        ("https://host/" + "a" * 2048, "it is too long (maximum is 2048 characters)."),
    ],
)
def test_a_wrong_url_is_answered_with_what_is_wrong_and_an_example(url, reason):
    assert said(url) == f"{reason} Send the address of a git repository, such as {EXAMPLE}."


def test_what_is_well_spelled_is_refused_with_the_reason_of_the_rule():
    policy = Policy(hosts=("git.example.com",))

    assert (
        said("https://host/a", policy) == "Repository is unavailable: host: its host is not one of those allowed here"
    )


def test_where_local_repositories_are_allowed_the_advice_says_so():
    assert said("/srv/repo", LAPTOP) == (
        "Only allowed schemes are https, file, http: this is a path or a name, not an address. "
        f"Send the address of a git repository, such as {EXAMPLE} or {LOCAL_EXAMPLE}."
    )
    assert said("file://srv/repo", LAPTOP).startswith("URI is invalid: file:// must be followed by an absolute path.")
    assert check("file:///srv/repo", LAPTOP).scheme == "file"


def test_a_valid_url_is_a_remote():
    assert check("HTTPS://Git.Example.com/a/b.git", CLOUD).url == "https://git.example.com/a/b.git"


@pytest.mark.parametrize(
    "url", ["ssh://ada:s3cret@host/a", "https://ada:s3cret@host:x/a", "ada:s3cret@host:a", "s3cret"]
)
def test_advice_does_not_repeat_the_url(url):
    assert "s3cret" not in said(url)


@given(st.text(max_size=200) | st.text(max_size=100).map("https://{}".format))
def test_any_text_is_a_remote_or_a_refusal(url):
    with suppress(Refusal):
        check(url, CLOUD)
