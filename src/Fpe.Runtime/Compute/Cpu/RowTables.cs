using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>One number for each row of a band, from which the edges of a vector read.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="TVector">A vector of floats.</typeparam>
internal unsafe interface IRowTable<TSelf, TVector>
{
    /// <summary>Floats from the number of one row to that of the next.</summary>
    static abstract int Stride { get; }

    /// <summary>Loads a table; <see cref="CellFewGradients.Rows"/> numbers must be readable.</summary>
    static abstract TSelf Load(float* values);

    /// <summary>Returns the number of each edge's row.</summary>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    TVector Read(ushort* rows);
}

/// <summary>A table in the first-level cache, which 8 edges read one by one.</summary>
internal readonly unsafe struct CachedRows(float* values) : IRowTable<CachedRows, Vector256<float>>
{
    /// <summary>As in a panel, so that offsets need not be divided.</summary>
    public static int Stride => Panel.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CachedRows Load(float* values) => new(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Read(ushort* rows) => Vector256.Create(
        values[rows[0]], values[rows[1]], values[rows[2]], values[rows[3]], values[rows[4]], values[rows[5]], values[rows[6]], values[rows[7]]);
}

/// <summary>A table of 64 rows in 4 registers of AVX-512.</summary>
internal readonly unsafe struct Rows64(Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    : IRowTable<Rows64, Vector512<float>>
{
    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows64 Load(float* values) =>
        new(Vector512.Load(values), Vector512.Load(values + 16), Vector512.Load(values + 32), Vector512.Load(values + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Read(ushort* rows) => Read(Numbers(rows));

    /// <summary>Returns the numbers of rows, of whose indices only the lowest 6 bits count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Read(Vector512<int> rows) =>
        Choose(rows, 32, Avx512F.PermuteVar16x32x2(first, rows, second), Avx512F.PermuteVar16x32x2(third, rows, fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Numbers(ushort* rows) => Avx512F.ConvertToVector512Int32(Vector256.Load(rows)) >>> 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Choose(Vector512<int> rows, int bit, Vector512<float> without, Vector512<float> with) =>
        Vector512.ConditionalSelect(Vector512.Equals(rows & Vector512.Create(bit), Vector512<int>.Zero).AsSingle(), without, with);
}

/// <summary>A table of 128 rows in 8 registers of AVX-512.</summary>
internal readonly unsafe struct Rows128(Rows64 first, Rows64 second) : IRowTable<Rows128, Vector512<float>>
{
    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rows128 Load(float* values) => new(Rows64.Load(values), Rows64.Load(values + 64));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Read(ushort* rows)
    {
        var numbers = Rows64.Numbers(rows);
        return Rows64.Choose(numbers, 64, first.Read(numbers), second.Read(numbers));
    }
}
