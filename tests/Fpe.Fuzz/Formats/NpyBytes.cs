using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fpe.Fuzz.Formats;

/// <summary>Files as numpy.save and numpy.savez write them.</summary>
public static class NpyBytes
{
    private const int Alignment = 64;

    /// <summary>An array file.</summary>
    /// <param name="descr">Type of the numbers, such as <c>&lt;f4</c>.</param>
    /// <param name="shape">The shape as Python writes it, such as <c>(3, 4)</c>.</param>
    /// <param name="content">The numbers.</param>
    /// <param name="isFortranOrder">Whether the first index runs fastest.</param>
    /// <param name="version">Format version: 1, 2 or 3.</param>
    public static byte[] Array(string descr, string shape, byte[] content, bool isFortranOrder = false, int version = 1) =>
        OfHeader($"{{'descr': '{descr}', 'fortran_order': {(isFortranOrder ? "True" : "False")}, 'shape': {shape}, }}", content, version);

    /// <summary>An array file with any header, filled with spaces up to a multiple of 64 bytes.</summary>
    public static byte[] OfHeader(string header, byte[] content, int version = 1)
    {
        int prefix = version == 1 ? 10 : 12;
        int total = (prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] text = Encoding.ASCII.GetBytes(header.PadRight(total - prefix - 1) + "\n");
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length[..(prefix - 8)], .. text, .. content];
    }

    /// <summary>Single-precision numbers, low byte first.</summary>
    public static byte[] Singles(params float[] values)
    {
        var bytes = new byte[sizeof(float) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), values[i]);
        return bytes;
    }

    /// <summary>64-bit integers, low byte first.</summary>
    public static byte[] Int64s(params long[] values)
    {
        var bytes = new byte[sizeof(long) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * i), values[i]);
        return bytes;
    }

    /// <summary>Changes how an entry of an archive claims to be compressed.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="entry">Index of the entry.</param>
    /// <param name="method">Method of zip archives, such as 12 for bzip2.</param>
    public static void SetMethod(byte[] archive, int entry, byte method)
    {
        foreach ((byte[] signature, int place) in new[] { ("PK\u0003\u0004"u8.ToArray(), 8), ("PK\u0001\u0002"u8.ToArray(), 10) })
        {
            int at = -1;
            for (int e = 0; e <= entry; e++)
                at += 1 + archive.AsSpan(at + 1).IndexOf(signature);
            archive[at + place] = method;
        }
    }

    /// <summary>An archive of entries.</summary>
    public static byte[] Archive(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
