using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// Reads samples and their target values from NumPy arrays: an array of numbers [samples, …], whose further dimensions are the values of a
/// sample, and an array of numbers [samples] or [samples, targets]. Targets are numbers for a regression, or 0 and 1, or Booleans, for several
/// labels.
/// </summary>
public static class NpyTargets
{
    /// <summary>Reads two files written by <c>numpy.save</c> into memory.</summary>
    /// <param name="featuresPath">The samples.</param>
    /// <param name="targetsPath">The target values of the samples.</param>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, or does not match the other.</exception>
    public static Dataset Read(string featuresPath, string targetsPath)
    {
        using NpyArray features = NpyArray.Open(featuresPath);
        using NpyArray targets = NpyArray.Open(targetsPath);
        return Combine(features.File, NpyRows.ToMemory(features), targets);
    }

    /// <summary>
    /// Opens two files written by <c>numpy.save</c> without reading the samples, which are read and checked when they are used.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, does not match the other, or is in Fortran order.</exception>
    public static Dataset Open(string featuresPath, string targetsPath)
    {
        using NpyArray targets = NpyArray.Open(targetsPath);
        NpyArray features = NpyArray.Open(featuresPath);
        return Combine(features.File, new NpyRows(features), targets);
    }

    /// <summary>Reads two arrays of a file written by <c>numpy.savez</c> into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the array of samples.</param>
    /// <param name="targets">The name of the array of target values.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, lacks an array, or the two do not match.</exception>
    public static Dataset ReadNpz(string path, string features = "features", string targets = "targets")
    {
        using NpzFile archive = NpzFile.Open(path);
        NpyArray samples = archive.Read(features);
        return Combine(samples.File, NpyRows.ToMemory(samples), archive.Read(targets));
    }

    private static Dataset Combine(string name, IRowSource rows, NpyArray targets)
    {
        if (targets.Shape.Count is not (1 or 2) || targets.Shape[^1] == 0)
            throw new FileUnsupportedException(targets.File, default, $"targets of shape ({string.Join(", ", targets.Shape)}) are not some values per sample; save them as [samples] or [samples, targets].");
        if (targets.Shape[0] != rows.Count)
            throw new FileMislabelledException(targets.File, default, $"{targets.Shape[0]} rows of target values, but {name} has {rows.Count} samples; use two arrays that belong together.");
        float[] values = targets.ToSingles();
        return Dataset.OfTargets(name, rows, values.Length / rows.Count, values);
    }
}
