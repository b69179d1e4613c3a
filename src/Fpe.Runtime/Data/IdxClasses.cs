using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// Reads images and their classes from a pair of IDX files, the format of MNIST and its successors. A pixel p becomes (p / 255 − mean) /
/// deviation; with the defaults, it is from 0 to 1. A file whose name ends in <c>.gz</c> is decompressed.
/// </summary>
public static class IdxClasses
{
    /// <summary>Reads images into memory.</summary>
    /// <param name="imagesPath">The file of images: unsigned bytes, [count, height, width], or with more or fewer dimensions after the first.</param>
    /// <param name="labelsPath">The file of labels: integers, [count], or as in QMNIST [count, 8], the first of which is the class.</param>
    /// <param name="classCount">The number of classes; at least 1.</param>
    /// <param name="mean">The mean of the pixels, which are from 0 to 1 before it is subtracted.</param>
    /// <param name="deviation">The standard deviation of the pixels; greater than 0.</param>
    /// <returns>A data set with one sample of height · width features per image, row by row.</returns>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, or does not match the other; the message contains the file
    /// and the byte.</exception>
    /// <exception cref="DatasetException">The number of classes, the mean or the deviation is out of range.</exception>
    public static Dataset Read(string imagesPath, string labelsPath, int classCount, float mean = 0, float deviation = 1) =>
        Open(imagesPath, labelsPath, classCount, mean, deviation).ToMemory();

    /// <summary>
    /// Opens images without reading them: they are read from their file when they are used. Compressed files are kept in memory as bytes.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public static Dataset Open(string imagesPath, string labelsPath, int classCount, float mean = 0, float deviation = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        DatasetException.RequirePositive(imagesPath, "the number of classes", classCount);
        float[] values = PixelValues.Of(imagesPath, mean, deviation);
        return Open(DataBytes.Open(imagesPath), DataBytes.Open(labelsPath), classCount, values);
    }

    /// <inheritdoc cref="Open(string, string, int, float, float)"/>
    internal static Dataset Open(DataBytes imagesFile, DataBytes labelsFile, int classCount, float[] values)
    {
        var images = IdxFile.OpenImages(imagesFile);
        var classes = IdxFile.OpenLabels(labelsFile);
        if (classes.Sizes[0] != images.Sizes[0])
            throw new FileMislabelledException(labelsFile.File, IdxFile.CountPlace, $"{classes.Sizes[0]} labels, but {imagesFile.File} has {images.Sizes[0]} images; use two files that belong together.");

        int[] labels = Labels(classes, classCount);
        long features = images.SampleSize;
        if (features > Array.MaxLength)
            throw new FileOversizedException(imagesFile.File, default, $"an image of {features} pixels exceeds the maximum of {Array.MaxLength}; divide it.");
        var layout = new RecordLayout(images.Start, Labels: 0, (int)features);
        return Dataset.OfClasses(imagesFile.File, new ByteRows([(images.Bytes, labels.Length)], layout, values), labels, classCount);
    }

    private static int[] Labels(IdxFile file, int classCount)
    {
        var labels = new int[file.Sizes[0]];
        int sample = 0;
        foreach (long label in file.FirstColumn())
        {
            if (label < 0 || label >= classCount)
                throw new FileMislabelledException(file.Bytes.File, FilePlace.Byte(file.PlaceOf(sample)), $"label {label} of sample {sample} is not a class from 0 to {classCount - 1}; correct it or the number of classes.");
            labels[sample++] = (int)label;
        }

        return labels;
    }
}
