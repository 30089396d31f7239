"""The reference of the Python API is written without a warning, and has what people look for."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_reference_is_written(tmp_path: Path) -> None:
    (modules,) = re.findall(r"^DOCUMENTED := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    command = [sys.executable, "-m", "pdoc", "--output-directory", str(tmp_path), *modules.split()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "search.js").stat().st_size > 0
    for module in modules.split():
        assert (tmp_path / f"{module.replace('.', '/')}.html").is_file()
    engine = (tmp_path / "pyengine.html").read_text()
    for name in ("Engine.place", "Engine.apply_batch", "DurableEngine", "Engine.instrument"):
        assert f'id="{name}"' in engine
    assert "self-trade prevention" in engine, "what the vocabulary says of an argument"
