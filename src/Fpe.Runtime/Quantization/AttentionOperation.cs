using System.Runtime.CompilerServices;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>
/// Self-attention. Products of queries and keys are exact integers; the softmax and the sums of values are arithmetic in double precision, one
/// operation after the other, which IEEE 754 makes the same on every processor.
/// </summary>
/// <param name="source">Queries, keys and values: [3, units, places].</param>
/// <param name="shape">The shape.</param>
/// <param name="tokens">Where the tokens of the places begin in the sample; −1 if all places are attended to.</param>
/// <param name="input">The scale of queries, keys and values.</param>
/// <param name="output">The scale of the result.</param>
internal sealed unsafe class AttentionOperation(int source, AttentionShape shape, int tokens, ValueScale input, ValueScale output) : QuantizedOperation(source)
{
    /// <inheritdoc/>
    public override int NumberRoom => shape.Places;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        int places = shape.Places;
        byte* queries = call.Value(Sources[0]), keys = queries + shape.OutputCount, values = keys + shape.OutputCount;
        double* weights = call.Scratch.Numbers;
        double step = (double)input.Scale * input.Scale / Math.Sqrt(shape.HeadUnits);
        for (int row = 0; row < shape.Heads * places; row++)
        {
            (int head, int query) = Math.DivRem(row, places);
            (int first, int end) = (head * shape.HeadUnits, (head + 1) * shape.HeadUnits);
            double largest = double.NegativeInfinity;
            for (int key = 0; key < places; key++)
            {
                long score = 0;
                for (int u = first; u < end; u++)
                    score += (queries[(u * places) + query] - input.ZeroPoint) * (keys[(u * places) + key] - input.ZeroPoint);
                weights[key] = score * step;
                if (IsPlace(call, key))
                    largest = Math.Max(largest, weights[key]);
            }

            double total = 0;
            for (int key = 0; key < places; key++)
            {
                weights[key] = IsPlace(call, key) ? ExactExponential.Of(weights[key] - largest) : 0;
                total += weights[key];
            }

            for (int u = first; u < end; u++)
            {
                double sum = 0;
                for (int key = 0; key < places; key++)
                    sum += weights[key] * (values[(u * places) + key] - input.ZeroPoint);
                call.Y[(u * places) + query] = output.Quantize(total > 0 ? sum / total * input.Scale : 0);
            }
        }
    }

    private bool IsPlace(in OperationCall call, int place) => tokens < 0 || !(call.Sample[tokens + place] < 0);
}
