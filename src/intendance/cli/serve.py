"""``intendance serve``: the pages and the interface over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.cli._options import DATABASE, catalogue_option, language_option
from intendance.cli._serve import listen, prepared
from intendance.render import Language, text


@click.command()
@click.option(
    "--db",
    metavar="FILE|URL",
    envvar=DATABASE,
    help="The ledger to serve [default: a demo ledger, gone when the server stops].",
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True,
              help="The address to listen on.")  # fmt: skip
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8620,
              show_default=True, help="The port to listen on; 0 for any that is free.")  # fmt: skip
@click.option("--most-upload", metavar="BYTES", type=click.IntRange(1000), default=20_000_000,
              show_default=True, help="The most that one request may send.")  # fmt: skip
@click.option("--plans", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              help="A folder of plans, each in a folder of its own.")  # fmt: skip
@click.option("--forces", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              help="A folder with the tables inventory and requirements, and the folders "
              "air-defence and fleets.")  # fmt: skip
@catalogue_option
@language_option
def serve(
    db: str | None,
    host: str,
    port: int,
    most_upload: int,
    plans: Path | None,
    forces: Path | None,
    catalogue_files: tuple[Path, ...],
    language: Language,
) -> None:
    """Show the ledger as pages on this machine, and answer programs under /api/v1.

    Without --db it shows a ledger of the demo's reports.
    """
    with prepared(db) as (address, demo):
        from intendance.web import Settings

        settings = Settings(
            database=address,
            demo=demo,
            catalogue=catalogue_files,
            most_upload=most_upload,
            plans=plans,
            forces=forces,
        )
        listen(settings, host, port, lambda on: click.echo(text("serve.on", language, where=on)))
