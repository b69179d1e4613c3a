using Fpe.Data;

namespace Samples.Paper.Running;

/// <summary>Several networks that predict the class with the largest mean logit.</summary>
internal static class LogitAverage
{
    /// <summary>Returns the accuracy, from 0 to 1.</summary>
    public static double Accuracy(IReadOnlyList<PlannedModel> models, Dataset data)
    {
        var sum = new float[data.OutputCount];
        var logits = new float[data.OutputCount];
        int correct = 0;
        for (int sample = 0; sample < data.Count; sample++)
        {
            Array.Clear(sum);
            foreach (PlannedModel model in models)
            {
                model.Forward(data.Sample(sample), logits);
                for (int output = 0; output < sum.Length; output++)
                    sum[output] += logits[output];
            }

            correct += Array.IndexOf(sum, sum.Max()) == data.Label(sample) ? 1 : 0;
        }

        return (double)correct / data.Count;
    }
}
