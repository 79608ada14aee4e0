"""The command line, ``lianban``: everything an installation needs that is not done in the browser.

Exit codes: 0 all is well; 1 something was found (an error in a model, a replay that differs, a broken chain, a stuck case);
2 the command line is wrong; 3 refused; 4 the installation is not set up (settings, database). Errors are one sentence on
standard error. Every command has ``--json`` for programs.
"""

import sys

import click
from sqlalchemy.exc import DBAPIError

from api.cli.check import check
from api.cli.database import db
from api.cli.demo import demo
from api.cli.deploy import deploy
from api.cli.output import REFUSED, UNUSABLE, fail
from api.cli.repair import repair
from api.cli.replay import replay
from api.cli.serve import serve
from api.cli.stuck import stuck
from api.cli.tck import tck
from api.cli.user import user
from api.cli.verify import verify
from engine.core.rejection import Rejection


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lianban")
def lianban() -> None:
    """联办 Lianban: an administrative service centre on BPMN models."""


for command in (serve, demo, deploy, check, stuck, repair, replay, verify, tck, user, db):
    lianban.add_command(command)


def main() -> None:
    """The entry point: runs a command and turns whatever goes wrong into one sentence and an exit code."""
    try:
        lianban(standalone_mode=True)
    except Rejection as rejection:
        sys.exit(fail(rejection.code, rejection.sentence("en"), REFUSED))
    except DBAPIError as error:
        first = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
        sys.exit(fail("database-unusable", f"Expected the database to answer, but it says: {first}", UNUSABLE))
    except (ValueError, OSError) as error:
        sys.exit(fail("not-set-up", str(error), UNUSABLE))


if __name__ == "__main__":
    main()
