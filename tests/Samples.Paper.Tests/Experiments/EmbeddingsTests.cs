using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Fpe.Data;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Tests.Experiments;

public sealed class EmbeddingsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "my embeddings.npz");

    [Fact]
    public void A_projection_has_nothing_of_a_black_image_and_doubles_with_the_pixels()
    {
        float[] pixels = [.. Enumerable.Range(0, FashionMnist.Inputs).Select(i => MathF.Sin(i))];
        Dataset projected = Project([.. new float[FashionMnist.Inputs], .. pixels, .. pixels.Select(pixel => 2 * pixel)]);

        Assert.Equal((256, 3), (projected.FeatureCount, projected.Label(2)));
        Assert.All(projected.Sample(0).ToArray(), feature => Assert.Equal(0, feature));
        Assert.All(projected.Sample(1).ToArray(), feature => Assert.InRange(feature, 0, 10));
        Assert.True(projected.Sample(1).ToArray().Count(feature => feature > 0) > 200);
        Assert.Equal(projected.Sample(1).ToArray().Select(feature => 2 * feature), projected.Sample(2).ToArray());
    }

    [Fact]
    public void A_quarter_s_features_come_from_that_quarter()
    {
        var corner = new float[FashionMnist.Inputs];
        corner[(27 * FashionMnist.Side) + 2] = 1;
        float[] features = Project(corner).Sample(0).ToArray();

        Assert.Equal([false, false, true, false], features.Chunk(64).Select(quarter => quarter.Any(feature => feature > 0)));
    }

    [Fact]
    public void A_file_is_divided_standardised_and_part_of_the_key()
    {
        Write([.. Enumerable.Range(0, 50 * 3).Select(i => (float)((i * 7) % 11))], [.. Enumerable.Range(0, 50).Select(i => (long)(i % 4))]);
        PreparedExperiment prepared = new EmbeddingsExperiment().Prepare(new Request { Data = File, Form = Form.Quick });
        Setting setting = prepared.Plan.Runs[0].Setting;
        TaskData data = prepared.Task.DataOf(setting, seed: 0);

        Assert.Equal((40, 40, 10, 3, 4), (setting.TrainSamples, data.Train.Count, data.Test.Count, data.Train.FeatureCount, data.Train.OutputCount));
        Assert.Equal(40, setting.BatchSize);
        Assert.StartsWith("my-embeddings-", setting.Data, StringComparison.Ordinal);
        Assert.Equal(0, Enumerable.Range(0, 40).Average(s => data.Train.Sample(s)[1]), 1e-5);

        string before = setting.Data!;
        Write([.. Enumerable.Range(0, 50 * 3).Select(i => (float)i)], [.. Enumerable.Range(0, 50).Select(i => (long)(i % 4))]);
        Assert.NotEqual(before, new EmbeddingsExperiment().Prepare(new Request { Data = File }).Plan.Runs[0].Setting.Data);
    }

    [Fact]
    public void Features_and_labels_may_lie_in_files_of_their_own()
    {
        (string features, string labels) = (Path.Combine(folder.FullName, "clip.npy"), Path.Combine(folder.FullName, "classes.npy"));
        float[] values = [.. Enumerable.Range(0, 50 * 3).Select(i => (float)((i * 7) % 11))];
        WriteArray<float>(features, "<f4", "(50, 3)", values);
        WriteArray<long>(labels, "<i8", "(50,)", [.. Enumerable.Range(0, 50).Select(i => (long)(i % 4))]);
        Setting first = Prepare(features, labels);
        Assert.Equal(40, first.TrainSamples);
        Assert.StartsWith("clip-", first.Data, StringComparison.Ordinal);

        WriteArray<long>(labels, "<i8", "(50,)", [.. Enumerable.Range(0, 50).Select(i => (long)(i % 5))]);
        Assert.NotEqual(first.Data, Prepare(features, labels).Data);

        Write(values, [.. Enumerable.Range(0, 50).Select(i => (long)(i % 4))]);
        Assert.Contains("clip.npy has features only", Assert.Throws<ExperimentException>(() => Prepare(features, null)).Message, StringComparison.Ordinal);
        Assert.Contains("has labels of its own", Assert.Throws<ExperimentException>(() => Prepare(File, labels)).Message, StringComparison.Ordinal);

        static Setting Prepare(string data, string? labels) =>
            new EmbeddingsExperiment().Prepare(new Request { Data = data, Labels = labels }).Plan.Runs[0].Setting;
    }

    [Fact]
    public void Too_few_samples_are_refused()
    {
        Write(new float[12], [0, 1, 0, 1]);
        var error = Assert.Throws<ExperimentException>(() => new EmbeddingsExperiment().Prepare(new Request { Data = File }));
        Assert.Contains("has 4 samples", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Dataset Project(float[] pixels) => RandomConvolution.Project(
        Dataset.OfClasses("images", FashionMnist.Inputs, pixels, [.. Enumerable.Range(1, pixels.Length / FashionMnist.Inputs)], FashionMnist.Classes));

    private void Write(float[] features, long[] labels)
    {
        using FileStream stream = System.IO.File.Create(File);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        WriteArray<float>(archive, "features", "<f4", $"({labels.Length}, {features.Length / labels.Length})", features);
        WriteArray<long>(archive, "labels", "<i8", $"({labels.Length},)", labels);
    }

    private static void WriteArray<T>(ZipArchive archive, string name, string type, string shape, T[] values)
        where T : unmanaged
    {
        using Stream entry = archive.CreateEntry(name + ".npy").Open();
        WriteArray(entry, type, shape, values);
    }

    private static void WriteArray<T>(string path, string type, string shape, T[] values)
        where T : unmanaged
    {
        using FileStream file = System.IO.File.Create(path);
        WriteArray(file, type, shape, values);
    }

    private static void WriteArray<T>(Stream entry, string type, string shape, T[] values)
        where T : unmanaged
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        entry.Write(MemoryMarshal.AsBytes<T>(values));
    }
}
