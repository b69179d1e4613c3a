using System.Buffers.Binary;
using System.Text;
using Fpe.Numerics;

namespace Fpe.Fuzz.Mutation;

/// <summary>Damages files in the ways that break readers: single bits, wrong lengths, pieces lost, doubled or from elsewhere.</summary>
/// <param name="random">Decides what is damaged, and how.</param>
internal sealed class Mutator(RandomStream random)
{
    private const int MostSteps = 4;
    private const int LongestPiece = 64;

    private static readonly byte[][] Numerals =
        [.. new[] { "0", "1", "-1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999", "1e39", "NaN", "-", "" }
            .Select(Encoding.ASCII.GetBytes)];

    /// <summary>A damaged file.</summary>
    /// <param name="seed">The valid file.</param>
    /// <param name="others">Where pieces come from.</param>
    public byte[] Mutate(FuzzSeed seed, IReadOnlyList<FuzzSeed> others)
    {
        bool beforePacking = seed.Pack is not null && random.NextInt32(2) == 0;
        if (seed.Pack is not null && !beforePacking)
            return Damage(seed.File, [], seed.File);

        byte[] donor = others[random.NextInt32(others.Count)].Content;
        byte[] damaged = Damage(seed.Content, seed.Lengths, donor);
        return beforePacking ? seed.Pack!(damaged) : damaged;
    }

    private byte[] Damage(byte[] content, IReadOnlyList<LengthField> lengths, byte[] donor)
    {
        byte[] bytes = [.. content];
        for (int steps = 1 + random.NextInt32(MostSteps); steps > 0; steps--)
            bytes = Step(bytes, lengths, donor);
        return bytes;
    }

    private byte[] Step(byte[] bytes, IReadOnlyList<LengthField> lengths, byte[] donor)
    {
        if (bytes.Length == 0)
            return Piece(donor);
        switch (random.NextInt32(9))
        {
            case 0:
                bytes[Place(bytes)] ^= (byte)(1 << random.NextInt32(8));
                return bytes;
            case 1:
                bytes[Place(bytes)] = (byte)random.NextInt32(256);
                return bytes;
            case 2:
                return bytes[..Place(bytes)];
            case 3 when lengths.Count > 0:
                return SetNumber(bytes, lengths[random.NextInt32(lengths.Count)]);
            case 3 or 4:
                return SetNumber(bytes, new LengthField(Place(bytes), 1 << random.NextInt32(4), random.NextInt32(2) == 0));
            case 5:
                return Overwrite(bytes, Piece(donor));
            case 6:
                int at = Place(bytes);
                return [.. bytes[..at], .. Piece(random.NextInt32(2) == 0 ? donor : bytes), .. bytes[at..]];
            case 7:
                int first = Place(bytes);
                return [.. bytes[..first], .. bytes[Math.Min(bytes.Length, first + 1 + random.NextInt32(LongestPiece))..]];
            default:
                return SetNumeral(bytes);
        }
    }

    private int Place(byte[] bytes) => random.NextInt32(bytes.Length);

    private byte[] Piece(byte[] source)
    {
        int first = random.NextInt32(source.Length);
        return source[first..Math.Min(source.Length, first + 1 + random.NextInt32(LongestPiece))];
    }

    private byte[] Overwrite(byte[] bytes, byte[] piece)
    {
        int at = Place(bytes);
        piece.AsSpan(0, Math.Min(piece.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // 0, 1, the largest, the most negative, −1, and the neighbours of what is there.
    private byte[] SetNumber(byte[] bytes, LengthField field)
    {
        if (field.Offset + field.Size > bytes.Length)
            return bytes;
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        Span<byte> target = bytes.AsSpan(field.Offset, field.Size);
        target.CopyTo(number);
        if (field.IsBigEndian)
            number[..field.Size].Reverse();

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(number);
        ulong largest = ulong.MaxValue >> (64 - (8 * field.Size));
        ulong changed = random.NextInt32(8) switch { 0 => 0, 1 => 1, 2 => largest, 3 => largest / 2, 4 => (largest / 2) + 1, 5 => value + 1, 6 => value - 1, _ => value * 2 };
        BinaryPrimitives.WriteUInt64LittleEndian(number, changed);
        if (field.IsBigEndian)
            number[..field.Size].Reverse();
        number[..field.Size].CopyTo(target);
        return bytes;
    }

    // Numbers written as text: another one in the place of a run of digits.
    private byte[] SetNumeral(byte[] bytes)
    {
        int first = Array.FindIndex(bytes, Place(bytes), b => char.IsAsciiDigit((char)b));
        if (first < 0)
            return bytes;
        int end = first;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
            end++;
        return [.. bytes[..first], .. Numerals[random.NextInt32(Numerals.Length)], .. bytes[end..]];
    }
}
