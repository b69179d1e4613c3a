using System.Numerics;
using System.Runtime.InteropServices;

namespace Fpe.Data.Files;

/// <summary>Converts the bytes of an array file to numbers.</summary>
internal static class NpyNumbers
{
    private const int LargestSize = 8;

    /// <summary>Converts to 32-bit floating-point numbers, rounding if necessary.</summary>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="bytes">The bytes of as many numbers as fit into <paramref name="values"/>.</param>
    /// <param name="values">Receives the numbers; values that are too large become infinite.</param>
    public static void ToSingles(NpyType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (type is { Kind: NpyKind.Float, Size: 4 } && type.IsBigEndian != BitConverter.IsLittleEndian)
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
        else if (type.Kind == NpyKind.Float)
            FloatsTo(type, bytes, values);
        else
            IntegersTo(type, bytes, values);
    }

    /// <summary>Converts integers to 64 bits; values that are too large become the largest number.</summary>
    /// <inheritdoc cref="ToSingles"/>
    public static void ToInt64s(NpyType type, ReadOnlySpan<byte> bytes, Span<long> values) => IntegersTo(type, bytes, values);

    private static void FloatsTo(NpyType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type.Size)
        {
            case 2: Convert<Half, float>(type, bytes, values); break;
            case 4: Convert<float, float>(type, bytes, values); break;
            default: Convert<double, float>(type, bytes, values); break;
        }
    }

    private static void IntegersTo<TTo>(NpyType type, ReadOnlySpan<byte> bytes, Span<TTo> values)
        where TTo : INumberBase<TTo>
    {
        switch (type.Kind, type.Size)
        {
            case (NpyKind.Boolean, 1): BooleansTo(bytes, values); break;
            case (NpyKind.Signed, 1): Convert<sbyte, TTo>(type, bytes, values); break;
            case (NpyKind.Signed, 2): Convert<short, TTo>(type, bytes, values); break;
            case (NpyKind.Signed, 4): Convert<int, TTo>(type, bytes, values); break;
            case (NpyKind.Signed, 8): Convert<long, TTo>(type, bytes, values); break;
            case (NpyKind.Unsigned, 1): Convert<byte, TTo>(type, bytes, values); break;
            case (NpyKind.Unsigned, 2): Convert<ushort, TTo>(type, bytes, values); break;
            case (NpyKind.Unsigned, 4): Convert<uint, TTo>(type, bytes, values); break;
            case (NpyKind.Unsigned, 8): Convert<ulong, TTo>(type, bytes, values); break;
            default: throw new ArgumentException($"{type} is not an integer type.", nameof(type));
        }
    }

    private static void BooleansTo<TTo>(ReadOnlySpan<byte> bytes, Span<TTo> values)
        where TTo : INumberBase<TTo>
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = bytes[i] == 0 ? TTo.Zero : TTo.One;
    }

    private static void Convert<TFrom, TTo>(NpyType type, ReadOnlySpan<byte> bytes, Span<TTo> values)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        bool reverses = type.IsBigEndian == BitConverter.IsLittleEndian && type.Size > 1;
        Span<byte> number = stackalloc byte[LargestSize];
        number = number[..type.Size];
        for (int i = 0; i < values.Length; i++)
        {
            bytes.Slice(i * type.Size, type.Size).CopyTo(number);
            if (reverses)
                number.Reverse();
            values[i] = TTo.CreateSaturating(MemoryMarshal.Read<TFrom>(number));
        }
    }
}
