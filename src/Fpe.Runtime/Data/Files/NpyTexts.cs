using System.Buffers.Binary;
using System.Text;

namespace Fpe.Data.Files;

/// <summary>Converts the bytes of an array file to texts.</summary>
internal static class NpyTexts
{
    private const int CharacterSize = 4;

    /// <summary>Converts characters of 32 bits; zeros at the end only fill a text.</summary>
    /// <param name="type">The type of the texts.</param>
    /// <param name="bytes">The bytes of as many texts as fit into <paramref name="texts"/>.</param>
    /// <param name="texts">Receives the texts; null for one with a character that Unicode does not have.</param>
    public static void ToStrings(NpyType type, ReadOnlySpan<byte> bytes, Span<string> texts)
    {
        var builder = new StringBuilder();
        for (int i = 0; i < texts.Length; i++)
            texts[i] = TextOf(type, bytes.Slice(i * type.Size, type.Size), builder.Clear())!;
    }

    private static string? TextOf(NpyType type, ReadOnlySpan<byte> bytes, StringBuilder builder)
    {
        bytes = bytes[..(CharacterSize * ((bytes.TrimEnd((byte)0).Length + CharacterSize - 1) / CharacterSize))];
        Span<char> characters = stackalloc char[2];
        for (; !bytes.IsEmpty; bytes = bytes[CharacterSize..])
        {
            uint value = type.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (!Rune.IsValid(value))
                return null;
            builder.Append(characters[..new Rune(value).EncodeToUtf16(characters)]);
        }

        return builder.ToString();
    }
}
