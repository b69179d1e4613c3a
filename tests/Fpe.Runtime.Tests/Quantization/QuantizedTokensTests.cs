using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>Networks of 8 bits that read tokens.</summary>
public class QuantizedTokensTests
{
    [Theory]
    [InlineData("bag of means", 3, 7)]
    [InlineData("encoder", 2, 7)]
    [InlineData("numbers and categories", 4, 5)]
    [InlineData("numbers and categories", 8, 6)]
    public void Tokens_are_checked_as_the_model_does(string name, int value, int vocabulary)
    {
        using PlannedModel model = QuantizedModels.Create(name);
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor single = model.ToPredictor(), quantized = model.Quantize(samples);
        int inputs = model.Plan.InputCount, outputs = model.Plan.OutputCount;
        foreach (float token in new[] { 1.5f, vocabulary, 1e9f })
        {
            foreach (int wrong in new[] { 0, 2 })
            {
                float[] few = samples[..(3 * inputs)];
                few[(wrong * inputs) + value] = token;
                string expected = Assert.Throws<ArgumentException>(() => single.PredictOutputs(few, new float[3 * outputs])).Message;
                Assert.Contains($"Sample {wrong} of the batch has token ", expected, StringComparison.Ordinal);
                Assert.Equal(expected, Assert.Throws<ArgumentException>(() => quantized.PredictOutputs(few, new float[3 * outputs])).Message);
            }
        }

        float[] last = samples[..inputs], result = new float[outputs];
        last[value] = vocabulary - 1;
        quantized.PredictOutputs(last, result);
        Assert.All(result, output => Assert.True(float.IsFinite(output)));
    }
}
