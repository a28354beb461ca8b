use encoding_rs::{CoderResult, Decoder, Encoding};

use super::source::ByteStream;
use crate::engine::Result;

/// How many bytes are read at a time.
const CHUNK: usize = 32 * 1024;

/// Reads bytes of any encoding as UTF-8, a chunk at a time; a byte order mark is left out.
pub(super) struct Decoding {
    input: ByteStream,
    decoder: Decoder,
    raw: Box<[u8]>,
    /// The bytes of `raw` that are not decoded yet.
    waiting: std::ops::Range<usize>,
    text: Box<[u8]>,
    ended: bool,
    finished: bool,
    /// Whether some bytes were no text in this encoding, and stand as U+FFFD.
    pub(super) malformed: bool,
}

impl Decoding {
    pub(super) fn new(input: ByteStream, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK].into(),
            waiting: 0..0,
            text: vec![0; 2 * CHUNK].into(),
            ended: false,
            finished: false,
            malformed: false,
        }
    }

    /// The next piece of text; empty at the end.
    pub(super) fn next(&mut self) -> Result<&[u8]> {
        let mut written = 0;
        while written == 0 && !self.finished {
            if self.waiting.is_empty() && !self.ended {
                self.waiting = 0..self.input.read(&mut self.raw)?;
                self.ended = self.waiting.is_empty();
            }
            let bytes = &self.raw[self.waiting.clone()];
            let (result, read, out, malformed) = self.decoder.decode_to_utf8(bytes, &mut self.text, self.ended);
            self.waiting.start += read;
            self.malformed |= malformed;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            written = out;
        }
        Ok(&self.text[..written])
    }

    /// The piece of text that [`Decoding::next`] gave last.
    pub(super) fn text(&self, range: std::ops::Range<usize>) -> &[u8] {
        &self.text[range]
    }
}
