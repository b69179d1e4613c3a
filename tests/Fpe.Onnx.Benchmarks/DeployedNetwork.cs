using Fpe.Benchmarks.Timing;
using Fpe.Data;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A trained network with one kind of numbers, in everything that computes it.</summary>
internal sealed class DeployedNetwork : IDisposable
{
    private readonly Predictor predictor;
    private readonly ExportedFile? onnx;
    private readonly CLibrary? library;

    /// <summary>Saves and exports a network.</summary>
    /// <param name="kind">How it is expanded.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="predictor">The network.</param>
    /// <param name="test">The samples that its accuracy is measured with.</param>
    /// <param name="exportOnnx">Writes the network as an ONNX file; null if it cannot be one.</param>
    public DeployedNetwork(string kind, NumberFormat numbers, Predictor predictor, Dataset test, Action<Stream>? exportOnnx)
    {
        (Kind, Numbers, this.predictor) = (kind, numbers, predictor);
        using var file = new MemoryStream();
        predictor.Save(file);
        FileBytes = file.Length;
        onnx = exportOnnx is null ? null : new ExportedFile(predictor.Plan.InputCount, exportOnnx);
        library = CLibrary.Obstacle is null ? new CLibrary(predictor) : null;
        int correct = 0;
        for (int s = 0; s < test.Count; s++)
            correct += predictor.Predict(test.Sample(s)) == test.Label(s) ? 1 : 0;
        Accuracy = 100.0 * correct / test.Count;
    }

    public string Kind { get; }

    public NumberFormat Numbers { get; }

    /// <summary>Test accuracy in percent.</summary>
    public double Accuracy { get; }

    /// <summary>The size of the model file.</summary>
    public long FileBytes { get; }

    /// <summary>The size of the ONNX file; null if there is none.</summary>
    public long? OnnxBytes => onnx?.Bytes;

    /// <summary>The bytes of the tables in C; null without a C compiler.</summary>
    public long? TableBytes => library?.TableBytes;

    /// <summary>The bytes of scratch memory in C; null without a C compiler.</summary>
    public long? ScratchBytes => library?.ScratchBytes;

    /// <summary>The outputs of the predictor, of ONNX Runtime and of C for some samples; null for one that is missing.</summary>
    /// <param name="samples">Samples, row by row.</param>
    public IContestant?[] Work(float[] samples)
    {
        var outputs = new float[samples.Length / predictor.Plan.InputCount * predictor.Plan.OutputCount];
        return [new LocalWork(() => predictor.PredictOutputs(samples, outputs)), onnx?.Work(samples), library?.Work(samples)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        predictor.Dispose();
        onnx?.Dispose();
        library?.Dispose();
    }
}
