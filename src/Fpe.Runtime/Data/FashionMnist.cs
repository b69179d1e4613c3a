using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// FashionMNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 training and 10,000 test images of 28 × 28 pixels, ten classes of
/// clothes, standardised with the mean and deviation of the training pixels.
/// </summary>
public static class FashionMnist
{
    /// <summary>The folder in which Debian's package <c>dataset-fashion-mnist</c> installs the files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>The number of rows and columns of an image.</summary>
    public const int Side = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int Inputs = Side * Side;

    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    /// <summary>The mean of the training pixels, which are from 0 to 1.</summary>
    public const float Mean = 0.2860f;

    /// <summary>The standard deviation of the training pixels.</summary>
    public const float Deviation = 0.3530f;

    private const string TrainPart = "train";
    private const string TestPart = "t10k";

    /// <summary>Reads the training images.</summary>
    /// <param name="folder">The folder of the files, compressed or not; null for <see cref="DebianFolder"/>.</param>
    /// <exception cref="FileMissingException">A file is missing; the message explains how to get it.</exception>
    /// <exception cref="DataFileException">A file is damaged.</exception>
    public static Dataset Train(string? folder = null) => Read(folder ?? DebianFolder, TrainPart);

    /// <summary>Reads the test images.</summary>
    /// <inheritdoc cref="Train"/>
    public static Dataset Test(string? folder = null) => Read(folder ?? DebianFolder, TestPart);

    /// <summary>Returns the existing files of both parts.</summary>
    /// <param name="folder">The folder of the files; null for <see cref="DebianFolder"/>.</param>
    public static IEnumerable<string> Files(string? folder = null)
    {
        string[] names = [ImagesOf(TrainPart), LabelsOf(TrainPart), ImagesOf(TestPart), LabelsOf(TestPart)];
        return from name in names
               let path = Path.Combine(folder ?? DebianFolder, name)
               from file in (string[])[path, path + ".gz"]
               where File.Exists(file)
               select file;
    }

    private static Dataset Read(string folder, string part) =>
        IdxClasses.Read(Find(folder, ImagesOf(part)), Find(folder, LabelsOf(part)), Classes, Mean, Deviation);

    private static string ImagesOf(string part) => $"{part}-images-idx3-ubyte";

    private static string LabelsOf(string part) => $"{part}-labels-idx1-ubyte";

    private static string Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
            return path;
        if (File.Exists(path + ".gz"))
            return path + ".gz";
        throw new FileMissingException(path, default, "FashionMNIST was not found, neither plain nor .gz; install it with 'apt-get install dataset-fashion-mnist', or specify its folder.");
    }
}
