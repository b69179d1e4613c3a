using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// Images with a class each from a pair of IDX files, the format of MNIST and its successors. A pixel p becomes
/// (p / 255 − mean) / deviation; the defaults leave it from 0 to 1. A file whose name ends in <c>.gz</c> is decompressed.
/// </summary>
public static class IdxClasses
{
    /// <summary>Reads images into memory.</summary>
    /// <param name="imagesPath">File of the images: unsigned bytes, [count, height, width], or with more dimensions or fewer after the first.</param>
    /// <param name="labelsPath">File of the labels: integers, [count]; or QMNIST's, [count, 8], of which the first is the class.</param>
    /// <param name="classCount">Number of classes; at least 1.</param>
    /// <param name="mean">Mean of the pixels, from 0 to 1 as they are before it is subtracted.</param>
    /// <param name="deviation">Standard deviation of the pixels; above 0.</param>
    /// <returns>A sample of height · width features for each image, row by row.</returns>
    /// <exception cref="DataFileException">A file cannot be read, is damaged, or does not match the other; the message names file and byte.</exception>
    /// <exception cref="DatasetException">The number of classes, the mean or the deviation is out of range.</exception>
    public static Dataset Read(string imagesPath, string labelsPath, int classCount, float mean = 0, float deviation = 1) =>
        Open(imagesPath, labelsPath, classCount, mean, deviation).ToMemory();

    /// <summary>
    /// Opens images without reading them: they stay in their file, and are read when they are used. What is compressed is held
    /// in memory as bytes.
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
            throw new FileMislabelledException(labelsFile.File, IdxFile.CountPlace, $"{classes.Sizes[0]} labels, but {imagesFile.File} has {images.Sizes[0]} images; take two files that belong together.");

        int[] labels = Labels(classes, classCount);
        long features = images.SampleSize;
        if (features > Array.MaxLength)
            throw new FileOversizedException(imagesFile.File, default, $"an image of {features} pixels is larger than {Array.MaxLength}; divide it.");
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
                throw new FileMislabelledException(file.Bytes.File, FilePlace.Byte(file.PlaceOf(sample)), $"label {label} of sample {sample} is no class from 0 to {classCount - 1}; correct it or the number of classes.");
            labels[sample++] = (int)label;
        }

        return labels;
    }
}
