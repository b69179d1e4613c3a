using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>Samples in an array file: the first index is the sample, all others are its values.</summary>
internal sealed class NpyRows : IRowSource
{
    private readonly NpyArray array;

    /// <exception cref="DataFileException">The array has no samples or too many, or its samples are not contiguous.</exception>
    public NpyRows(NpyArray array)
    {
        this.array = array;
        (Count, FeatureCount) = ShapeOf(array);
        if (array.IsFortranOrder && array.Shape.Count > 1)
            throw new FileUnsupportedException(array.File, default, "it is in Fortran order, in which samples are not contiguous; read it instead of opening it, or save it with numpy.ascontiguousarray(x).");
    }

    public int Count { get; }

    public int FeatureCount { get; }

    /// <summary>Returns the samples of an array in memory.</summary>
    /// <exception cref="DataFileException">The array has no samples or too many, or a number is not finite.</exception>
    public static ArrayRows ToMemory(NpyArray array)
    {
        (_, int featureCount) = ShapeOf(array);
        return new ArrayRows(array.ToSingles(), featureCount);
    }

    /// <summary>Returns the number of samples, and of values per sample, of an array.</summary>
    /// <exception cref="DataFileException">The array has no samples or too many, or its elements are not numbers.</exception>
    private static (int Count, int FeatureCount) ShapeOf(NpyArray array)
    {
        array.RequireNumbers();
        if (array.Shape.Count == 0)
            throw new FileUnsupportedException(array.File, default, "it is a single number; samples must be an array [samples, values].");
        if (array.Length == 0)
            throw new FileEmptyException(array.File, default, $"its shape ({string.Join(", ", array.Shape)}) has no samples; save at least one.");
        long featureCount = array.Length / array.Shape[0];
        if (array.Shape[0] > int.MaxValue || featureCount > Array.MaxLength)
            throw new FileOversizedException(array.File, default, $"{array.Shape[0]} samples of {featureCount} values exceed the maximum of {int.MaxValue} samples of {Array.MaxLength}; divide the file.");
        return ((int)array.Shape[0], (int)featureCount);
    }

    public void Read(int row, Span<float> values) => array.Read((long)row * FeatureCount, values[..FeatureCount]);
}
