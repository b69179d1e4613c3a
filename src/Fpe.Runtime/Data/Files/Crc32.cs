namespace Fpe.Data.Files;

/// <summary>The checksum of gzip and zip: CRC-32 with the reversed polynomial 0xEDB88320 (RFC 1952, section 8).</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Bits = 8;

    private static readonly uint[] Table = CreateTable();

    private uint register;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => register;

    /// <summary>Adds more bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint value = ~register;
        foreach (byte b in bytes)
            value = Table[(byte)value ^ b] ^ (value >> Bits);
        register = ~value;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[byte.MaxValue + 1];
        for (uint b = 0; b < table.Length; b++)
        {
            uint value = b;
            for (int bit = 0; bit < Bits; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            table[b] = value;
        }

        return table;
    }
}
