"""`greenroom seed-cohort` adds an office that can be removed again."""

from pathlib import Path

from tests.service.in_process import client_of, copy_database, run_command
from tests.service.signed_in import SECRET_KEY, hosted_service


def test_a_made_up_office_is_added_and_removed(tmp_path: Path, migrated_file: Path) -> None:
    folder = tmp_path / "data"
    copy_database(migrated_file, folder)
    accounts = {"GREENROOM_ACCOUNTS": "true", "GREENROOM_SECRET_KEY": SECRET_KEY}
    assert run_command("seed-cohort", folder=folder).returncode == 2
    made = run_command("seed-cohort", "--applicants", "2", folder=folder, **accounts)
    assert made.returncode == 0, made.stdout + made.stderr
    lines = [line.strip() for line in made.stdout.splitlines() if line.startswith("  ")]
    password, emails = lines[0], lines[1:]
    assert [each.partition("@")[0] for each in emails] == [
        "adviser01",
        "adviser02",
        "applicant01",
        "applicant02",
    ]
    assert run_command("seed-cohort", folder=folder, **accounts).returncode == 2
    with hosted_service(folder) as service:
        client = client_of(service)
        client.post("/api/sign-in", json={"email": emails[2], "password": password}).raise_for_status()
        [assignment] = client.get("/api/assignments").raise_for_status().json()
        assert [each["name"] for each in assignment["advisers"]] == ["Adviser 01", "Adviser 02"]
    removed = run_command("seed-cohort", "--remove", folder=folder, **accounts)
    assert "4 made-up people removed" in removed.stdout
    with hosted_service(folder) as service:
        refused = client_of(service).post("/api/sign-in", json={"email": emails[2], "password": password})
        assert refused.status_code == 401
