"""The sheet to take home as a PDF. The only user of fpdf.

The letters of DejaVu Sans come with it: Latin of every kind, Greek, Cyrillic, Arabic and Hebrew.
"""

from io import BytesIO
from pathlib import Path
from unicodedata import category

from fpdf import FPDF, XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.text_region import Paragraph
from segno import make

from connectdo.shortlists.taking_home import (
    HIGH,
    LINE,
    MARGIN,
    NAME,
    PICTURE,
    PLAN,
    POINT,
    WHERE,
    WIDE,
    Fact,
    Part,
    Sheet,
    height,
)

FONTS = Path(__file__).with_name("fonts")
SIDE_OF_PICTURE = 30


class NoLetters(Exception):
    """Some words are in letters that the font does not have."""


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet, A4. Raises NoLetters."""
    paper = _Paper(sheet)
    try:
        paper.head()
        for part in sheet.parts:
            paper.part(part)
        return bytes(paper.output())
    finally:
        paper.let_go()


class _Paper(FPDF):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self.sheet, self.row = sheet, sheet.size * POINT * LINE
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.set_lang("en-GB")
        self.set_title("Things to do")
        self.add_font("sheet", "", FONTS / "DejaVuSansCondensed.ttf")
        self.add_font("sheet", "B", FONTS / "DejaVuSansCondensed-Bold.ttf")
        self.set_text_shaping(True)
        self.add_page()

    def head(self) -> None:
        """Whose it is, of which day, and the picture that leads to the list as it is now."""
        sheet = self.sheet
        top = self.get_y()
        self._type(22, bold=True)
        self.cell(0, 10, self._known(sheet.name), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        beside = SIDE_OF_PICTURE + 4 if sheet.link else 0
        self._type(11)
        words = f"From Connect & Do, {sheet.day}. Times can change. Ring before you go."
        self._paragraph(words, WIDE - 2 * MARGIN - beside)
        if sheet.link:
            words = f"The list as it is now, until {sheet.until}: point your phone’s camera at the "
            self._paragraph(f"square, or go to {sheet.link}", WIDE - 2 * MARGIN - beside, words)
            drawn = BytesIO()
            make(sheet.link, error="q", micro=False).save(drawn, kind="png", scale=8, border=2)
            self.image(
                drawn,
                x=WIDE - MARGIN - SIDE_OF_PICTURE,
                y=top,
                w=SIDE_OF_PICTURE,
                alt_text=f"QR code that leads to {sheet.link}",
            )
            self.set_y(max(self.get_y(), top + PICTURE - 3))

    def part(self, part: Part) -> None:
        """One thing, which is not torn in two where it fits on the next page."""
        if self.get_y() + height(part, self.sheet.size) > HIGH - MARGIN + self.row:
            self.add_page()
        self.line(MARGIN, self.get_y() + 1, WIDE - MARGIN, self.get_y() + 1)
        self.ln(self.row * 0.4)
        self._type(self.sheet.size * NAME, bold=True)
        name = self._known(part.name)
        self.start_section(name)
        self.multi_cell(0, self.row * NAME, name, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        with self.text_columns(line_height=LINE) as column:
            for line in part.lines:
                with column.paragraph() as words:
                    self._line(line, part.plan, words)

    def let_go(self) -> None:
        """Closes the files of the fonts."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def _line(self, line: list[Fact], plan: str, paragraph: Paragraph) -> None:
        for label, words in line:
            self._type(self.sheet.size, bold=True)
            paragraph.write(f"{label}: ")
            self._type(self.sheet.size)
            paragraph.write(self._known(f"{words.removesuffix('.')}. "))
        if plan and line[0][0] == WHERE:
            self.set_text_color(11, 92, 89)
            paragraph.write(PLAN, link=plan)
            self.set_text_color(0)

    def _paragraph(self, words: str, wide: float, before: str = "") -> None:
        words = self._known(before + words)
        self.multi_cell(wide, 5, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _type(self, size: float, *, bold: bool = False) -> None:
        self.set_font("sheet", "B" if bold else "", size)

    def _known(self, words: str) -> str:
        """Words without the little pictures that the font does not have."""
        font = self.fonts["sheet"]
        letters = font.cmap if isinstance(font, TTFFont) else {}
        missing = {each for each in words if ord(each) not in letters}
        if any(category(each)[0] in "LMN" for each in missing):
            raise NoLetters
        return "".join(each for each in words if each not in missing)
