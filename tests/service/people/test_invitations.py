"""Several invitations to one address: none of them weakens what somebody else has offered."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.dependencies import Service
from service.people.invitations import Invitations
from tests.service.in_process import client_of
from tests.service.signed_in import SignedIn, sign_in_as

PASSWORD = "three warm otters"
NEW = {"name": "Dee", "email": "dee@example.org"}


@pytest.fixture
def hosted(either: Service) -> Service:
    """A service with accounts, on each kind of database."""
    return either


class Adviser:
    """An adviser with a cohort."""

    def __init__(self, service: Service, name: str) -> None:
        self.signed_in = sign_in_as(service, "adviser", name)
        made = self.signed_in.client.post("/api/cohorts", json={"name": name}).raise_for_status()
        self.cohort: str = made.json()["id"]

    def invite(self) -> str:
        """The token of a link, or the code of the refusal."""
        response = self.signed_in.client.post(f"/api/cohorts/{self.cohort}/invitations", json=NEW)
        said = response.json()
        return str(said["link"].rpartition("/")[2] if response.is_success else said["code"])

    def seen(self) -> tuple[list[str], list[str]]:
        """The names of the members that are not the adviser, and the addresses that are invited."""
        cohort = self.signed_in.client.get(f"/api/cohorts/{self.cohort}").json()
        members = [each["name"] for each in cohort["members"] if each["person"] != self.signed_in.person]
        return members, [each["email"] for each in cohort["invitations"]]


@pytest.fixture
def ada(hosted: Service) -> Adviser:
    return Adviser(hosted, "Ada")


@pytest.fixture
def bo(hosted: Service) -> Adviser:
    return Adviser(hosted, "Bo")


@pytest.fixture
def administrator(hosted: Service) -> SignedIn:
    return sign_in_as(hosted, "administrator", "Olu")


def invite(administrator: SignedIn, role: str) -> str:
    made = administrator.client.post("/api/office/invitations", json={**NEW, "role": role})
    return str(made.raise_for_status().json()["path"].rpartition("/")[2])


def accept(service: Service, token: str) -> str:
    """The role of the new account, or the code of the refusal."""
    made = client_of(service).post(f"/api/invitations/{token}", json={"name": "Dee", "password": PASSWORD})
    return str(made.json()["role" if made.is_success else "code"])


@pytest.mark.parametrize("role", ["adviser", "administrator"])
def test_an_adviser_does_not_replace_what_the_office_offers(
    hosted: Service, administrator: SignedIn, ada: Adviser, role: str
) -> None:
    token = invite(administrator, role)
    assert ada.invite() == "already_invited"
    assert accept(hosted, token) == role


def test_the_office_counts_before_an_earlier_link_of_an_adviser(
    hosted: Service, administrator: SignedIn, ada: Adviser
) -> None:
    theirs = ada.invite()
    token = invite(administrator, "adviser")
    # Not with the office's role either: the adviser has seen this link.
    assert accept(hosted, theirs) == "not_found"
    assert client_of(hosted).get(f"/api/invitations/{theirs}").status_code == 404
    assert accept(hosted, token) == "adviser"
    assert ada.seen() == ([], []), "who was invited as an applicant is no adviser of the cohort"


def test_an_adviser_s_link_works_again_once_the_office_withdraws_its_own(
    hosted: Service, administrator: SignedIn, ada: Adviser
) -> None:
    theirs = ada.invite()
    invite(administrator, "adviser")
    items = administrator.client.get("/api/office/invitations").json()["items"]
    withdrawn = next(each["id"] for each in items if each["role"] == "adviser")
    administrator.client.delete(f"/api/office/invitations/{withdrawn}").raise_for_status()
    assert accept(hosted, theirs) == "applicant"


@pytest.mark.parametrize("used", [0, 1, 2])
def test_whichever_link_is_used_all_cohorts_are_joined_and_the_others_end(
    hosted: Service, administrator: SignedIn, ada: Adviser, bo: Adviser, used: int
) -> None:
    tokens = [ada.invite(), bo.invite(), invite(administrator, "applicant")]
    assert accept(hosted, tokens.pop(used)) == "applicant"
    assert ada.seen() == bo.seen() == (["Dee"], [])
    assert [accept(hosted, token) for token in tokens] == ["not_found", "not_found"]
    assert administrator.client.get("/api/office/invitations").json()["items"] == []


def test_two_links_used_at_once_make_one_account(hosted: Service, ada: Adviser, bo: Adviser) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda token: accept(hosted, token), [ada.invite(), bo.invite()]))
    assert sorted(made) == ["applicant", "not_found"]


def test_inviting_again_ends_one_s_own_earlier_link(
    hosted: Service, administrator: SignedIn, ada: Adviser
) -> None:
    earlier, theirs = ada.invite(), ada.invite()
    office = [invite(administrator, role) for role in ("adviser", "applicant")]
    assert ada.seen() == ([], [NEW["email"]])
    assert accept(hosted, earlier) == accept(hosted, office[0]) == "not_found"
    assert accept(hosted, theirs) == "applicant"


def test_two_advisers_of_a_cohort_may_invite_the_same_person(
    hosted: Service, ada: Adviser, bo: Adviser
) -> None:
    ada.signed_in.client.post(f"/api/cohorts/{ada.cohort}/members", json={"email": "bo@example.org"})
    bo.cohort = ada.cohort
    first, _ = ada.invite(), bo.invite()
    assert ada.seen()[1] == [NEW["email"]]
    assert accept(hosted, first) == "applicant"


def test_the_institution_s_sign_in_takes_the_office_s_invitation_first(
    hosted: Service, administrator: SignedIn, ada: Adviser
) -> None:
    ada.invite()
    with hosted.database.reading() as session:
        found = Invitations(session).open_for(NEW["email"])
        assert found is not None and found.role == "applicant"
    invite(administrator, "adviser")
    with hosted.database.reading() as session:
        found = Invitations(session).open_for(NEW["email"])
        assert found is not None and found.role == "adviser"
