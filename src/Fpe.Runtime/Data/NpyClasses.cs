using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// Reads samples and their classes from NumPy arrays, such as embeddings of images and their labels: an array of numbers [samples, …],
/// whose further dimensions are the values of a sample, and an array of integers, or of class names, [samples] or [samples, 1].
/// </summary>
public static class NpyClasses
{
    /// <summary>Reads two files written by <c>numpy.save</c> into memory.</summary>
    /// <param name="featuresPath">The samples.</param>
    /// <param name="labelsPath">The zero-based classes of the samples.</param>
    /// <param name="classCount">The number of classes; null for the largest label + 1, which must then not exceed the number of samples.</param>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, or does not match the other.</exception>
    /// <exception cref="DatasetException">The number of classes is less than 1.</exception>
    public static Dataset Read(string featuresPath, string labelsPath, int? classCount = null)
    {
        using NpyArray features = NpyArray.Open(featuresPath);
        using NpyArray labels = NpyArray.Open(labelsPath);
        return Load(features, labels, classCount);
    }

    /// <summary>
    /// Opens two files written by <c>numpy.save</c> without reading the samples, which are read and checked when they are used.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, does not match the other, or is in Fortran order.</exception>
    public static Dataset Open(string featuresPath, string labelsPath, int? classCount = null)
    {
        using NpyArray labels = NpyArray.Open(labelsPath);
        return Stream(NpyArray.Open(featuresPath), labels, classCount);
    }

    /// <summary>Reads two arrays of a file written by <c>numpy.savez</c> into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the array of samples.</param>
    /// <param name="labels">The name of the array of classes.</param>
    /// <param name="classCount">The number of classes; null for the largest label + 1, which must then not exceed the number of samples.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, lacks an array, or the two do not match.</exception>
    public static Dataset ReadNpz(string path, string features = "features", string labels = "labels", int? classCount = null)
    {
        using NpzFile archive = NpzFile.Open(path);
        return Load(archive.Read(features), archive.Read(labels), classCount);
    }

    /// <summary>Reads two files written by <c>numpy.save</c> into memory, the second of which has the names of the classes.</summary>
    /// <param name="featuresPath">The samples.</param>
    /// <param name="labelsPath">The name of each sample's class: an array of texts [samples] or [samples, 1].</param>
    /// <param name="classNames">
    /// The names in the order of their numbers, such as those of the training part; null for those in the file, in ordinal order.
    /// </param>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, or does not match the other, or a class is none of those given.</exception>
    public static NamedClasses ReadNamed(string featuresPath, string labelsPath, IReadOnlyList<string>? classNames = null)
    {
        using NpyArray features = NpyArray.Open(featuresPath);
        using NpyArray labels = NpyArray.Open(labelsPath);
        return Named(features.File, NpyRows.ToMemory(features), labels, classNames);
    }

    /// <summary>Opens two files written by <c>numpy.save</c> without reading the samples, which are read and checked when they are used.</summary>
    /// <inheritdoc cref="ReadNamed"/>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, does not match the other, or is in Fortran order.</exception>
    public static NamedClasses OpenNamed(string featuresPath, string labelsPath, IReadOnlyList<string>? classNames = null)
    {
        using NpyArray labels = NpyArray.Open(labelsPath);
        NpyArray features = NpyArray.Open(featuresPath);
        return Named(features.File, new NpyRows(features), labels, classNames);
    }

    /// <summary>Reads two arrays of a file written by <c>numpy.savez</c> into memory, the second of which has the names of the classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the array of samples.</param>
    /// <param name="labels">The name of the array of class names.</param>
    /// <param name="classNames">The names in the order of their numbers; null for those in the file, in ordinal order.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, lacks an array, or the two do not match.</exception>
    public static NamedClasses ReadNamedNpz(string path, string features = "features", string labels = "labels", IReadOnlyList<string>? classNames = null)
    {
        using NpzFile archive = NpzFile.Open(path);
        NpyArray samples = archive.Read(features);
        return Named(samples.File, NpyRows.ToMemory(samples), archive.Read(labels), classNames);
    }

    /// <inheritdoc cref="Open"/>
    internal static Dataset Stream(NpyArray features, NpyArray labels, int? classCount) =>
        Combine(features.File, new NpyRows(features), labels, classCount);

    /// <inheritdoc cref="Read"/>
    internal static Dataset Load(NpyArray features, NpyArray labels, int? classCount) =>
        Combine(features.File, NpyRows.ToMemory(features), labels, classCount);

    private static NamedClasses Named(string name, IRowSource rows, NpyArray labels, IReadOnlyList<string>? classNames)
    {
        CheckShape(labels, rows.Count, name);
        string[] texts = labels.ToTexts();
        var classes = new ClassNumbers(labels.File, classNames);
        int[] numbers = [.. texts.Select((text, sample) => classes.NumberOf(text.AsSpan().Trim(), FilePlace.Byte(labels.ByteOf(sample))))];
        (string[] names, numbers) = classes.InOrder(numbers);
        return new NamedClasses(Dataset.OfClasses(name, rows, numbers, names.Length), names);
    }

    private static Dataset Combine(string name, IRowSource rows, NpyArray labels, int? classCount)
    {
        if (classCount is { } asked)
            DatasetException.RequirePositive(name, "the number of classes", asked);
        int[] classes = Labels(labels, rows.Count, name, classCount);
        return Dataset.OfClasses(name, rows, classes, classCount ?? classes.Max() + 1);
    }

    private static int[] Labels(NpyArray array, int count, string featuresFile, int? classCount)
    {
        CheckShape(array, count, featuresFile);

        // More classes than samples are treated as a mistake, because they would cost memory, unless they are requested.
        long[] labels = array.ToInt64s();
        int limit = classCount ?? count;
        int wrong = Array.FindIndex(labels, label => label < 0 || label >= limit);
        if (wrong >= 0)
            throw new FileMislabelledException(array.File, FilePlace.Byte(array.ByteOf(wrong)), $"label {labels[wrong]} of sample {wrong} is not a class from 0 to {limit - 1}; correct it or the number of classes.");
        return Array.ConvertAll(labels, label => (int)label);
    }

    private static void CheckShape(NpyArray array, int count, string featuresFile)
    {
        bool isColumn = array.Shape.Count == 1 || (array.Shape.Count == 2 && array.Shape[1] == 1);
        if (!isColumn)
            throw new FileUnsupportedException(array.File, default, $"labels of shape ({string.Join(", ", array.Shape)}) are not one class per sample; save them as [samples].");
        if (array.Shape[0] != count)
            throw new FileMislabelledException(array.File, default, $"{array.Shape[0]} labels, but {featuresFile} has {count} samples; use two arrays that belong together.");
    }
}
