using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>Turns trained networks into networks of 8 bits: <c>model.Quantize(train)</c>.</summary>
public static class ModelQuantization
{
    extension(Model model)
    {
        /// <summary>
        /// Quantises the model after training: weights become integers from −127 to 127 with a scale for each row, values become bytes with the
        /// range that they have on samples. Sums are exact integers, so a sample gives the same bits on every processor; only the activation of
        /// a fully connected last layer is computed by the system's functions, which may differ in the last bit.
        /// </summary>
        /// <param name="calibration">Some hundred samples such as those to predict, as they were read.</param>
        /// <param name="options">How ranges are found; the whole range if null.</param>
        /// <returns>A predictor with the model's task, names and standardisation.</returns>
        /// <exception cref="QuantizationException">The samples do not tell ranges, or 8 bits cannot hold a layer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
        public Predictor Quantize(Dataset calibration, QuantizationOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(calibration);
            if (calibration.FeatureCount != model.Plan.InputCount)
                throw new QuantizationException(model.Plan.Name, $"it reads samples of {model.Plan.InputCount} values, but those of {calibration.Name} have {calibration.FeatureCount}; calibrate with data of the same kind.");
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Reading);
            Dataset prepared = MeaningData.WithFeatures(model, calibration);
            if ((long)prepared.Count * prepared.FeatureCount > Array.MaxLength)
                throw new QuantizationException(model.Plan.Name, $"the {prepared.Count} samples of {prepared.Name} have more values than an array can hold; calibrate with some hundred of them.");
            var samples = new float[prepared.Count * prepared.FeatureCount];
            for (int s = 0; s < prepared.Count; s++)
                prepared.Sample(s).CopyTo(samples.AsSpan(s * prepared.FeatureCount));
            return Quantize(model, samples, options, IntegerDot.Fastest);
        }

        /// <summary>Quantises the model with samples that are in memory.</summary>
        /// <param name="samples">Samples as they were read, row by row: [samples, inputs].</param>
        /// <param name="options">How ranges are found; the whole range if null.</param>
        /// <inheritdoc cref="Quantize(Model, Dataset, QuantizationOptions?)" path="/exception"/>
        public Predictor Quantize(ReadOnlySpan<float> samples, QuantizationOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(model);
            if (samples.Length % model.Plan.InputCount != 0)
                throw new QuantizationException(model.Plan.Name, $"it reads samples of {model.Plan.InputCount} values, but got {samples.Length} values to calibrate with, which is not a whole number of samples.");
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Reading);
            var prepared = new float[samples.Length];
            samples.CopyTo(prepared);
            model.Meaning.Features?.Apply(samples, prepared);
            return Quantize(model, prepared, options, IntegerDot.Fastest);
        }
    }

    /// <summary>Quantises a model with standardised samples, for given vectors.</summary>
    internal static Predictor Quantize(Model model, float[] samples, QuantizationOptions? options, IntegerVectors vectors)
    {
        options ??= QuantizationOptions.Default;
        options.Validate();
        RequireRanges(model, samples);
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Reading);
        if (FiniteCheck.Find(model) is { } found)
            throw new QuantizationException(model.Plan.Name, $"{found}; training diverged, so try a lower learning rate.");
        Calibration calibration = Calibration.Of(model, samples, options.Percentile);
        QuantizedNumbers numbers = Quantizer.Quantize(model, calibration, options.Percentile);
        QuantizedNetwork network = NetworkAssembly.Build(numbers, vectors);
        return new Predictor(network, numbers.WeightCount, network.Close);
    }

    private static void RequireRanges(Model model, float[] samples)
    {
        int width = model.Plan.InputCount;
        if (samples.Length == 0)
            throw new QuantizationException(model.Plan.Name, "there are no samples to calibrate with; pass some hundred.");
        if (NonFinite.IndexIn(samples) is >= 0 and var wrong)
            throw new QuantizationException(model.Plan.Name, Invariant($"value {wrong % width} of sample {wrong / width} to calibrate with is {samples[wrong]}; replace it with a finite number."));
        for (int s = width; s < samples.Length; s += width)
        {
            if (!samples.AsSpan(s, width).SequenceEqual(samples.AsSpan(0, width)))
                return;
        }

        throw new QuantizationException(model.Plan.Name, $"all {samples.Length / width} samples to calibrate with are equal, so they tell no ranges; pass different ones.");
    }
}
