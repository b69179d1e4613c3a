using Fpe.Benchmarks.Timing;
using Fpe.Data;
using Fpe.Embedded;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Numerics;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A trained network with one kind of numbers, in everything that computes it.</summary>
internal sealed class DeployedNetwork : IDisposable
{
    private const string Core = "cortex-m3";
    private const int EmulatedSamples = 4;
    private const int Batch = 256;

    private readonly Predictor predictor;
    private readonly ExportedFile onnx;
    private readonly CLibrary? library;

    /// <summary>Saves and exports a network.</summary>
    /// <param name="kind">How it is expanded.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="accuracy">Test accuracy in percent, over the seeds.</param>
    /// <param name="create">Makes the network of the first seed.</param>
    /// <param name="test">Samples that everything is compared on.</param>
    public DeployedNetwork(string kind, NumberFormat numbers, SampleStatistics accuracy, Func<Predictor> create, Dataset test)
    {
        (Kind, Numbers, Accuracy) = (kind, numbers, accuracy);
        predictor = create();
        using var file = new MemoryStream();
        predictor.Save(file);
        FileBytes = file.Length;
        onnx = OpenOnnx();
        library = Tool.WhyNoCompiler is null ? new CLibrary(predictor) : null;
        (SameInOnnx, SameInC) = (SameClasses(test, onnx.Outputs), library is null ? null : SameClasses(test, library.Outputs));

        float[] sample = test.Sample(0).ToArray();
        PredictorBytes = HeldBytes(() => Used(create(), used => used.PredictClasses(sample)));
        RuntimeBytes = HeldBytes(() => Used(OpenOnnx(), used => used.Outputs(sample)));
        Instructions = Tool.WhyNoEmulator is null ? CountInstructions(SamplesOf(test, 0, EmulatedSamples)) : null;
    }

    public string Kind { get; }

    public NumberFormat Numbers { get; }

    /// <summary>Test accuracy in percent, over the seeds.</summary>
    public SampleStatistics Accuracy { get; }

    /// <summary>Test samples in percent that ONNX Runtime gives the class of the predictor.</summary>
    public double SameInOnnx { get; }

    /// <summary>Test samples in percent that C gives the class of the predictor; null without a C compiler.</summary>
    public double? SameInC { get; }

    /// <summary>The size of the model file.</summary>
    public double FileBytes { get; }

    /// <summary>The size of the ONNX file.</summary>
    public double OnnxBytes => onnx.Bytes;

    /// <summary>The bytes of the tables in C; null without a C compiler.</summary>
    public double? TableBytes => library?.TableBytes;

    /// <summary>The bytes of scratch memory in C; null without a C compiler.</summary>
    public double? ScratchBytes => library?.ScratchBytes;

    /// <summary>The memory of a predictor that has predicted one sample; null if it cannot be measured.</summary>
    public double? PredictorBytes { get; }

    /// <summary>The memory of a session of ONNX Runtime that has computed one sample; null if it cannot be measured.</summary>
    public double? RuntimeBytes { get; }

    /// <summary>Instructions of one prediction in C on a Cortex-M; null without compiler and emulator.</summary>
    public double? Instructions { get; }

    /// <summary>Samples of a data set, row by row.</summary>
    public static float[] SamplesOf(Dataset data, int first, int count) => [.. Enumerable.Range(first, count).SelectMany(s => data.Sample(s).ToArray())];

    /// <summary>The outputs of the predictor, of ONNX Runtime and of C for some samples; null for one that is missing.</summary>
    /// <param name="samples">Samples, row by row.</param>
    /// <param name="together">The number of samples of a call, of which there are several if it is smaller; C computes one after the other.</param>
    public IContestant?[] Work(float[] samples, int together)
    {
        int inputs = together * predictor.Plan.InputCount;
        var outputs = new float[together * predictor.Plan.OutputCount];
        return [new LocalWork(Predict), onnx.Work(samples, together), library?.Work(samples)];

        void Predict()
        {
            for (int first = 0; first < samples.Length; first += inputs)
                predictor.PredictOutputs(samples.AsSpan(first, inputs), outputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        predictor.Dispose();
        onnx.Dispose();
        library?.Dispose();
    }

    private static double? HeldBytes<T>(Func<T> create)
        where T : IDisposable => HeldMemory.Obstacle is null ? HeldMemory.BytesOf(create) : null;

    private static T Used<T>(T created, Action<T> use)
    {
        use(created);
        return created;
    }

    // ONNX Runtime multiplies the blocks of shared partitions as numbers if they are bytes, and zeros as bytes.
    private ExportedFile OpenOnnx() => new(
        predictor.Plan.InputCount, file => predictor.ExportOnnx(file, new OnnxExportOptions { Dense = Numbers == NumberFormat.Int8 }));

    private double SameClasses(Dataset test, Func<float[], float[]> compute)
    {
        int same = 0;
        for (int first = 0; first < test.Count; first += Batch)
        {
            float[] samples = SamplesOf(test, first, Math.Min(Batch, test.Count - first));
            int[] classes = predictor.PredictClasses(samples);
            same += compute(samples).Chunk(predictor.Plan.OutputCount).Zip(classes).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        }

        return 100.0 * same / test.Count;
    }

    private double CountInstructions(float[] samples)
    {
        using var folder = new TemporaryFolder();
        predictor.ExportC(folder.Path, new CExportOptions { Name = "net" });
        return CortexM.Run(Core, folder.Path, samples, predictor.Plan.InputCount, inBytes: Numbers == NumberFormat.Int8).Instructions;
    }
}
