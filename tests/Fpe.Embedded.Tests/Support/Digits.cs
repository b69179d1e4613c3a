using Fpe.Data;
using Fpe.Quantization;
using Fpe.Training;
using Samples.Digits;

namespace Fpe.Embedded.Tests.Support;

/// <summary>The digits network of the first sample, trained as there.</summary>
internal static class Digits
{
    private static readonly Lazy<(DigitsNet Model, Predictor Bytes)> Trained = new(Train);

    /// <summary>The network in floating point.</summary>
    public static DigitsNet Model => Trained.Value.Model;

    /// <summary>The network in bytes.</summary>
    public static Predictor Bytes => Trained.Value.Bytes;

    /// <summary>Digits that the network was not trained with.</summary>
    public static Dataset Test { get; } = Read().Second;

    private static (Dataset First, Dataset Second) Read() => CsvClasses
        .Read(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"), 64, 10, scale: 1 / 16f)
        .Divide("train", 1437, "test", seed: 1);

    private static (DigitsNet Model, Predictor Bytes) Train()
    {
        Dataset train = Read().First;
        var model = new DigitsNet(seed: 1);
        new Trainer(new TrainingOptions { Epochs = 30, BatchSize = 32, Optimizer = new Adam(3e-3) }).Fit(model, train);
        return (model, model.Quantize(train));
    }
}
