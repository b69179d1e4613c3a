using System.Runtime.InteropServices;

namespace Fpe.Benchmarks.Peers;

/// <summary>Products by OpenBLAS, on one thread.</summary>
internal static partial class OpenBlas
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;
    private const int AsIs = 111;
    private const int Transposed = 112;

    /// <summary>Variables of the environment that make OpenBLAS use the kernels of an older processor; a fair peer runs without.</summary>
    public static IReadOnlyList<string> Handicaps { get; } = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    /// <summary>Loads the library.</summary>
    /// <exception cref="BenchmarkException">It is not installed.</exception>
    public static void Load()
    {
        // The library reads them from the environment of C, which .NET's own does not change.
        foreach (string variable in Handicaps)
            _ = UnsetVariable(variable);
        if (!NativeLibrary.TryLoad(Library, out _))
            throw new BenchmarkException($"{Library} is not there; get it with: apt-get install libopenblas0");
        SetThreads(1);
    }

    /// <summary>z = a · bᵀ, with a [rows, inner], b [columns, inner].</summary>
    public static void MultiplyByTransposed(float[] a, float[] b, float[] z, int rows, int columns, int inner) =>
        Multiply(RowMajor, AsIs, Transposed, rows, columns, inner, 1, a, inner, b, inner, 0, z, columns);

    /// <summary>z = a · b, with a [rows, inner], b [inner, columns].</summary>
    public static void Multiply(float[] a, float[] b, float[] z, int rows, int columns, int inner) =>
        Multiply(RowMajor, AsIs, AsIs, rows, columns, inner, 1, a, inner, b, columns, 0, z, columns);

    /// <summary>z = aᵀ · b, with a [inner, rows], b [inner, columns].</summary>
    public static void MultiplyTransposed(float[] a, float[] b, float[] z, int rows, int columns, int inner) =>
        Multiply(RowMajor, Transposed, AsIs, rows, columns, inner, 1, a, rows, b, columns, 0, z, columns);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int UnsetVariable(string name);

    [LibraryImport(Library, EntryPoint = "openblas_set_num_threads")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Multiply(
        int order, int transposeA, int transposeB, int m, int n, int k,
        float alpha, float[] a, int strideA, float[] b, int strideB, float beta, float[] c, int strideC);
}
