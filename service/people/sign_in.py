"""Signing in with an e-mail address and a password, and a code where the account has a second factor.

An unknown address and a wrong password get the same answer after the same time, so that nobody learns who has
an account. That a second factor is needed is said only once the password was right.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.db.account_models import Account
from service.db.clock import database_now
from service.db.engine import Database
from service.people.accounts import Accounts, folded_email
from service.people.passwords import is_password
from service.people.second_factor import SecondFactors
from service.people.sign_in_sessions import start_session
from service.people.throttle import (
    count_attempt,
    forget_attempt,
    forget_attempt_from_address,
    forget_attempts,
)
from service.problems import Problem


class SignInFailed(Problem):
    """No account has this e-mail address and this password."""

    status, code, title = 401, "sign_in_failed", "This did not work"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is not right. Check both and try again.")


class PasswordWrong(Problem):
    """The person is signed in; the password that they were asked for again is not right."""

    status, code, title = 403, "password_wrong", "This is not your password"

    def __init__(self) -> None:
        super().__init__("This is not your password. Check it and try again.")


class SecondFactorNeeded(Problem):
    """The password was right; the account has a second factor."""

    status, code, title = 401, "second_factor_needed", "A code is needed"

    def __init__(self) -> None:
        super().__init__("Enter the code that your authenticator app shows, or a recovery code.")


class SecondFactorWrong(Problem):
    """The code is not right, or it was used before."""

    status, code, title = 401, "second_factor_wrong", "This code did not work"

    def __init__(self) -> None:
        super().__init__("This code is not right, or it was used before. Wait for the next one.")


class AccountSuspended(Problem):
    """An administrator has suspended the account. Said only to whoever knows its password."""

    status, code, title = 403, "account_suspended", "This account is suspended"

    def __init__(self) -> None:
        super().__init__("Your office has suspended this account. What is in it is safe. Ask the office.")


@dataclass(frozen=True)
class Visitor:
    """The browser that somebody signs in with.

    Attributes:
        address: network address that it comes from.
        browser: what it says that it is.
        token: of the session that it had before.
    """

    address: str
    browser: str | None
    token: str | None


class SignIn:
    """Signs people in.

    Args:
        database: holds the accounts.
        second_factors: checks codes.
    """

    def __init__(self, database: Database, second_factors: SecondFactors) -> None:
        self._database = database
        self._second_factors = second_factors

    def with_password(self, *, email: str, password: str, code: str | None, visitor: Visitor) -> str:
        """Signs in and returns the token for the cookie.

        Raises:
            SignInFailed: no account has this e-mail address and this password.
            SecondFactorNeeded: the account has a second factor, and `code` is None.
            SecondFactorWrong: the code is not right, or it was used before.
            AccountSuspended: an administrator has suspended the account.
            service.people.throttle.TooManyAttempts: there were too many attempts.
        """
        email = folded_email(email)
        with self._database.writing() as session:
            attempt = count_attempt(session, email=email, address=visitor.address)
        with self._database.reading() as session:
            found = Accounts(session).with_email(email)
        # Outside of any transaction: hashing takes a while.
        if not is_password(password, None if found is None else found.password_hash) or found is None:
            raise SignInFailed
        with self._database.writing() as session:
            account = Accounts(session).locked(found.person_id)
            # The password may have been changed meanwhile.
            refusal = (
                SignInFailed()
                if account.password_hash != found.password_hash
                else self._refusal(session, account, code)
            )
            if refusal is None:
                forget_attempts(session, attempt, email=email)
                return start_session(
                    session, account.person_id, browser=visitor.browser, ending=visitor.token
                )
            forget_attempt_from_address(session, attempt)
        raise refusal

    def confirm_password(self, person: str, password: str, *, address: str) -> None:
        """Asks a person who is signed in for their password again, before something that matters.

        Args:
            person: id of the person.
            password: what they typed.
            address: network address of the request.

        Raises:
            PasswordWrong: it is not their password, or they have none.
            service.people.throttle.TooManyAttempts: there were too many attempts.
        """
        with self._database.writing() as session:
            account = Accounts(session).get(person)
            attempt = count_attempt(session, email=account.email, address=address)
        if not is_password(password, account.password_hash):
            raise PasswordWrong
        with self._database.writing() as session:
            # Only this one: wrong codes still count, or whoever has the password could try them all.
            forget_attempt(session, attempt)

    def confirm_code(self, person: str, code: str | None, *, address: str) -> None:
        """Asks for a code, if the account has a second factor.

        Args:
            person: id of the person.
            code: of the authenticator app, or a recovery code; it is used up.
            address: network address of the request.

        Raises:
            SecondFactorNeeded: the account has a second factor, and `code` is None.
            SecondFactorWrong: the code is not right, or it was used before.
            service.people.throttle.TooManyAttempts: there were too many attempts.
        """
        with self._database.writing() as session:
            account = Accounts(session).get(person)
            if account.second_factor_since is None:
                return
            attempt = count_attempt(session, email=account.email, address=address)
        with self._database.writing() as session:
            account = Accounts(session).locked(person)
            refusal = self._code_refusal(session, account, code)
            if refusal is None:
                forget_attempts(session, attempt, email=account.email)
        if refusal is not None:
            raise refusal

    def _refusal(self, session: Session, account: Account, code: str | None) -> Problem | None:
        refusal = self._code_refusal(session, account, code)
        if refusal is None and account.state != "active":
            return AccountSuspended()
        return refusal

    def _code_refusal(self, session: Session, account: Account, code: str | None) -> Problem | None:
        if account.second_factor_since is None:
            return None
        if code is None:
            return SecondFactorNeeded()
        right = self._second_factors.takes(account, code, database_now(session))
        return None if right else SecondFactorWrong()
