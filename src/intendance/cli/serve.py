"""``intendance serve``: the pages and the interface over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.cli._options import DATABASE, catalogue_option, language_option
from intendance.cli._serve import Exposure, access_beside, check_exposure, listen, prepared
from intendance.render import Language, text

_FILE = click.Path(dir_okay=False, path_type=Path)


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
@click.option("--auth", is_flag=True, help="Only users may look; see 'intendance user'.")
@click.option("--access", metavar="FILE", type=_FILE,
              help="The file of users [default: the ledger's with .access].")  # fmt: skip
@click.option("--tls-cert", metavar="FILE", type=_FILE, help="The certificate, for TLS.")
@click.option("--tls-key", metavar="FILE", type=_FILE, help="The certificate's private key.")
@click.option("--proxy", metavar="ADDRESS",
              help="The address of a proxy that ends TLS and passes requests on.")  # fmt: skip
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
    auth: bool,
    access: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    proxy: str | None,
    most_upload: int,
    plans: Path | None,
    forces: Path | None,
    catalogue_files: tuple[Path, ...],
    language: Language,
) -> None:
    """Show the ledger as pages on this machine, and answer programs under /api/v1.

    Without --db it shows a ledger of the demo's reports. Other machines are served with --auth and
    TLS only: --tls-cert and --tls-key, or --proxy.
    """
    exposure = Exposure(host, auth, tls_cert, tls_key, proxy)
    check_exposure(exposure)
    with prepared(db) as (address, demo):
        from intendance.web import Settings

        settings = Settings(
            database=address,
            demo=demo,
            catalogue=catalogue_files,
            most_upload=most_upload,
            auth=auth,
            access=(access or access_beside(address)) if auth else None,
            secure=exposure.secure,
            hosts=() if auth else exposure.names,
            plans=plans,
            forces=forces,
        )
        listen(
            settings, exposure, port, lambda on: click.echo(text("serve.on", language, where=on))
        )
