using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fpe.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Samples.Sections;

/// <summary>Embeddings and classes as arrays of NumPy, for programs without the encoder. Every fifth sample is one to test.</summary>
internal static class SectionArrays
{
    private const int TestShare = 5;

    /// <summary>Headers are padded to this, so that elements are aligned.</summary>
    private const int Alignment = 64;

    private static readonly byte[] Beginning = [0x93, .. "NUMPY"u8, 1, 0];

    /// <summary>Writes <c>x.npy</c>, [samples, values], and <c>y.npy</c>, [samples], with classes in alphabetical order.</summary>
    public static async Task WriteAsync(string folder, CachedEmbeddingGenerator generator, SectionTexts train, SectionTexts test)
    {
        string[] classes = [.. train.Labels.Distinct().Order(StringComparer.Ordinal)];
        (string Text, string Label)[] samples =
        [
            .. Enumerable.Range(0, train.Count + test.Count).Select(i => i % TestShare == 0
                ? (test.Texts[i / TestShare], test.Labels[i / TestShare])
                : (train.Texts[i - (i / TestShare) - 1], train.Labels[i - (i / TestShare) - 1])),
        ];
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(samples.Select(sample => sample.Text));
        float[] values = [.. embeddings.SelectMany(embedding => embedding.Vector.ToArray())];
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "x.npy"), "<f4", $"({samples.Length}, {values.Length / samples.Length})", MemoryMarshal.AsBytes(values.AsSpan()));
        Write(Path.Combine(folder, "y.npy"), "|u1", $"({samples.Length},)", Array.ConvertAll(samples, sample => (byte)Array.IndexOf(classes, sample.Label)));
    }

    private static void Write(string path, string type, string shape, ReadOnlySpan<byte> elements)
    {
        string description = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        int length = (Beginning.Length + sizeof(ushort) + description.Length + Alignment) / Alignment * Alignment;
        var header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        Beginning.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(Beginning.Length), (ushort)(length - Beginning.Length - sizeof(ushort)));
        Encoding.ASCII.GetBytes(description).CopyTo(header, Beginning.Length + sizeof(ushort));
        header[^1] = (byte)'\n';
        using FileStream file = File.Create(path);
        file.Write(header);
        file.Write(elements);
    }
}
