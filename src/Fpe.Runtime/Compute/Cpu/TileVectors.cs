using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The vectors of a tile, known at compile time, so that a tile is written once for all widths. A tile has two vectors per row: both halves
/// of a panel or, if a vector is as wide as a panel, one of each of two panels.
/// </summary>
/// <typeparam name="TVector">A vector of floats.</typeparam>
internal unsafe interface ITileVector<TVector>
{
    /// <summary>Number of lanes of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>0 in all lanes.</summary>
    static abstract TVector Zero { get; }

    /// <summary>
    /// Returns the floats from a row's first vector to its second; <paramref name="next"/> is the distance from one panel to the next.
    /// </summary>
    static abstract nint Second(nint next);

    /// <summary>Returns a vector with the same number in all lanes.</summary>
    static abstract TVector Create(float value);

    static abstract TVector Load(float* address);

    static abstract void Store(TVector vector, float* address);

    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a · b + c, rounded once if the processor supports it.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>max(0, z); NaN stays NaN.</summary>
    static abstract TVector Relu(TVector z);

    /// <summary>Keeps the first <paramref name="count"/> lanes and sets the others to 0.</summary>
    static abstract TVector Before(TVector vector, int count);

    /// <summary>Returns 8 partial sums whose total is the sum of all lanes.</summary>
    static abstract Vector256<float> Fold(TVector vector);
}

/// <summary>8 lanes: AVX2; without AVX2, the runtime composes them of shorter vectors.</summary>
internal readonly unsafe struct Lanes8 : ITileVector<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static Vector256<float> Zero => Vector256<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Second(nint next) => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* address) => Vector256.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* address) => vector.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> z) =>
        Vector256.AndNot(z, Vector256.LessThanOrEqual(z, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Before(Vector256<float> vector, int count) => vector & LaneMask.Before(count).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fold(Vector256<float> vector) => vector;
}

/// <summary>16 lanes: AVX-512; elsewhere the runtime composes them of shorter vectors, which is slow but correct.</summary>
internal readonly unsafe struct Lanes16 : ITileVector<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static Vector512<float> Zero => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Second(nint next) => next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* address) => Vector512.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* address) => vector.Store(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> z) =>
        Vector512.AndNot(z, Vector512.LessThanOrEqual(z, Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Before(Vector512<float> vector, int count) =>
        vector & Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fold(Vector512<float> vector) => vector.GetLower() + vector.GetUpper();
}
