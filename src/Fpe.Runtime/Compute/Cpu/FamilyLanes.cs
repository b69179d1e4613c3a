using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// What the kernels of <see cref="CpuFamilies"/> need of a vector with one family of rows per lane. The code of an edge, a byte, says which
/// of the column's weights is the lane's, and which row of the family reads the column.
/// </summary>
/// <typeparam name="TVector">A vector of floats; codes are 32-bit integers in its bits.</typeparam>
internal unsafe interface IFamilyLanes<TVector>
{
    /// <summary>Loads the codes of a column, one byte per lane.</summary>
    static abstract TVector Codes(byte* codes);

    /// <summary>Returns what remains of codes without the index of the weight.</summary>
    static abstract TVector Readers(TVector codes);

    /// <summary>Moves each weight of a column to its lane; lanes without an edge have any of the values.</summary>
    static abstract TVector Expand(TVector values, TVector codes);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>Returns sum + value in the lanes whose row is the given one of the family, and sum in the others.</summary>
    static abstract TVector AddWhere(TVector readers, int row, TVector value, TVector sum);
}

/// <summary>8 families.</summary>
internal readonly unsafe struct Families8 : IFamilyLanes<Vector256<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Codes(byte* codes)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(codes).AsSingle();
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)codes).AsByte());
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Readers(Vector256<float> codes) => (codes.AsInt32() & Vector256.Create(FamilyCode.Reader)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expand(Vector256<float> values, Vector256<float> codes) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(values, codes.AsInt32())
        : Vector256.Shuffle(values, codes.AsInt32() & Vector256.Create(7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddWhere(Vector256<float> readers, int row, Vector256<float> value, Vector256<float> sum) =>
        sum + (Is(readers, row) & value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Is(Vector256<float> readers, int row) =>
        Vector256.Equals(readers.AsInt32(), Vector256.Create(row << FamilyCode.ReaderShift)).AsSingle();
}

/// <summary>16 families: AVX-512; elsewhere the runtime composes the vector of shorter ones, which is slow but correct.</summary>
internal readonly unsafe struct Families16 : IFamilyLanes<Vector512<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Codes(byte* codes) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Int32(Vector128.Load(codes)).AsSingle()
        : Vector512.Create(Families8.Codes(codes), Families8.Codes(codes + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Readers(Vector512<float> codes) => (codes.AsInt32() & Vector512.Create(FamilyCode.Reader)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expand(Vector512<float> values, Vector512<float> codes) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(values, codes.AsInt32())
        : Vector512.Shuffle(values, codes.AsInt32() & Vector512.Create(15));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    // Written so that it becomes one addition with a mask.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddWhere(Vector512<float> readers, int row, Vector512<float> value, Vector512<float> sum) =>
        Vector512.ConditionalSelect(Is(readers, row), sum + value, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Is(Vector512<float> readers, int row) =>
        Vector512.Equals(readers.AsInt32(), Vector512.Create(row << FamilyCode.ReaderShift)).AsSingle();
}
