//! The orientation of a photograph: a browser turns it upright, and so its sides may change places.

/// Whether a JPEG is shown with its width as its height.
pub(super) fn changes_sides(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The orientation that the Exif data of a JPEG name, from 1 to 8.
fn orientation(jpeg: &[u8]) -> Option<u16> {
    let mut rest = jpeg.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else {
            return None;
        };
        // What is no segment with a length: fill bytes, and the image itself.
        match marker {
            0xff => {
                rest = &rest[1..];
                continue;
            }
            0xd8..=0xda => return None,
            _ => {}
        }
        let len = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + len)?;
        if let (0xe1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return Tiff::new(tiff)?.orientation();
        }
        rest = &rest[2 + len..];
    }
}

/// Fields with numbers, as TIFF has them.
struct Tiff<'b> {
    bytes: &'b [u8],
    order: Order,
}

/// Which byte of a number stands first.
#[derive(Clone, Copy)]
enum Order {
    Low,
    High,
}

impl<'b> Tiff<'b> {
    fn new(bytes: &'b [u8]) -> Option<Tiff<'b>> {
        let order = match bytes.get(..4)? {
            b"II*\0" => Order::Low,
            b"MM\0*" => Order::High,
            _ => return None,
        };
        Some(Tiff { bytes, order })
    }

    /// The value of the field that tells it, in the first list of fields.
    fn orientation(&self) -> Option<u16> {
        const TAG: u16 = 0x0112;
        const SHORT: u16 = 3;
        const FIELD_LEN: usize = 12;
        let first = usize::try_from(self.long(4)?).ok()?;
        let count = usize::from(self.short(first)?);
        let mut fields = (0..count).map(|index| first + 2 + index * FIELD_LEN);
        let field = fields.find(|&at| self.short(at) == Some(TAG))?;
        (self.short(field + 2)? == SHORT).then(|| self.short(field + 8))?
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        Some(match self.order {
            Order::Low => u16::from_le_bytes(*bytes),
            Order::High => u16::from_be_bytes(*bytes),
        })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        Some(match self.order {
            Order::Low => u32::from_le_bytes(*bytes),
            Order::High => u32::from_be_bytes(*bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG with a field for the orientation, and one before it.
    fn jpeg(order: Order, orientation: u16) -> Vec<u8> {
        let short = |number: u16| match order {
            Order::Low => number.to_le_bytes(),
            Order::High => number.to_be_bytes(),
        };
        let long = |number: u32| match order {
            Order::Low => number.to_le_bytes(),
            Order::High => number.to_be_bytes(),
        };
        let mut tiff = match order {
            Order::Low => b"II*\0".to_vec(),
            Order::High => b"MM\0*".to_vec(),
        };
        tiff.extend(long(8));
        tiff.extend(short(2));
        for (tag, value) in [(0x010f, 9), (0x0112, orientation)] {
            tiff.extend([short(tag), short(3)].concat());
            tiff.extend(long(1));
            tiff.extend([short(value), short(0)].concat());
        }
        let exif = [b"Exif\0\0", &tiff[..]].concat();
        let len = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let head = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xe1";
        [&head[..], &len, &exif, b"\xff\xda\0\x02"].concat()
    }

    #[test]
    fn a_photograph_that_lies_on_its_side_changes_its_sides() {
        for order in [Order::Low, Order::High] {
            for orientation in 0..10 {
                let is_turned = (5..=8).contains(&orientation);
                let bytes = jpeg(order, orientation);
                assert_eq!(changes_sides(&bytes), is_turned, "{orientation}");
            }
        }
    }

    #[test]
    fn a_photograph_that_is_cut_off_anywhere_is_read_without_panic() {
        let whole = jpeg(Order::High, 6);
        for len in 0..whole.len() - 4 - 4 {
            assert!(!changes_sides(&whole[..len]), "{len}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] = 0xff;
            changes_sides(&bytes);
        }
        assert!(!changes_sides(b"\xff\xd8\xff\xda\0\x02"));
    }
}
