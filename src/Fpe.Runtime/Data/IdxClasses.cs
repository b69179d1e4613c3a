namespace Fpe.Data;

/// <summary>Reads images with a class each from a pair of IDX files, the format of MNIST and its successors.</summary>
public static class IdxClasses
{
    private const int LabelsStart = 8;
    private const int CountOffset = 4;

    /// <summary>
    /// Reads images of unsigned bytes and their labels; a file whose name ends in <c>.gz</c> is decompressed. A pixel p becomes
    /// (p / 255 − <paramref name="mean"/>) / <paramref name="deviation"/>; the defaults leave it from 0 to 1.
    /// </summary>
    /// <param name="imagesPath">File of the images: [count, height, width].</param>
    /// <param name="labelsPath">File of the labels: [count].</param>
    /// <param name="classCount">Number of classes; at least 1.</param>
    /// <param name="mean">Mean of the pixels, from 0 to 1 as they are before it is subtracted.</param>
    /// <param name="deviation">Standard deviation of the pixels; above 0.</param>
    /// <returns>A sample of height · width features for each image, row by row.</returns>
    /// <exception cref="DatasetException">A file cannot be read, is damaged, or does not match the other; the message names file and byte.</exception>
    public static Dataset Read(string imagesPath, string labelsPath, int classCount, float mean = 0, float deviation = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);

        byte[] pixels = IdxFile.Read(imagesPath, IdxFile.Images, out int[] imageSizes);
        byte[] classes = IdxFile.Read(labelsPath, IdxFile.Labels, out int[] labelSizes);
        if (labelSizes[0] != imageSizes[0])
            throw new DatasetException(labelsPath, $"byte {CountOffset}: {labelSizes[0]} labels, but {imagesPath} has {imageSizes[0]} images; take two files that belong together.");

        int[] labels = Labels(classes, labelsPath, classCount);
        return Dataset.OfClasses(imagesPath, imageSizes[1] * imageSizes[2], Features(pixels, mean, deviation), labels, classCount);
    }

    private static int[] Labels(byte[] classes, string path, int classCount)
    {
        int wrong = Array.FindIndex(classes, label => label >= classCount);
        if (wrong >= 0)
            throw new DatasetException(path, $"byte {LabelsStart + wrong}: label {classes[wrong]} of sample {wrong} is no class from 0 to {classCount - 1}; correct it or the number of classes.");
        return Array.ConvertAll(classes, label => (int)label);
    }

    private static float[] Features(byte[] pixels, float mean, float deviation)
    {
        var values = new float[byte.MaxValue + 1];
        for (int p = 0; p < values.Length; p++)
            values[p] = (((float)p / byte.MaxValue) - mean) / deviation;
        return Array.ConvertAll(pixels, pixel => values[pixel]);
    }
}
