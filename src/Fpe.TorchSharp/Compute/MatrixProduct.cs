using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// A single product with the complete matrix [out, in], into which the weights are scattered among zeros unless the layer is dense. It also
/// multiplies zeros, but is nevertheless faster if there are many edges or blocks have few rows.
/// </summary>
internal sealed class MatrixProduct : EdgeProduct
{
    private readonly int outputs;
    private readonly int inputs;
    private readonly Tensor? matrix;
    private readonly Tensor? places;

    public MatrixProduct(TorchDevice device, EdgeLayout layout)
    {
        (outputs, inputs) = (layout.OutputCount, layout.InputCount);
        long[] placeOf = Places(layout);
        if (IsWholeMatrix(placeOf))
            return;
        matrix = device.Zeros((long)outputs * inputs);
        places = device.Indices(placeOf);
    }

    public override void AddForward(Tensor weights, Tensor x, Tensor sums) => sums.addmm_(Matrix(weights), x);

    public override void InputGradient(Tensor weights, Tensor dz, Tensor dx) => dx.addmm_(Matrix(weights).t(), dz, beta: 0);

    public override void WeightGradient(Tensor x, Tensor dz, Tensor weightGradient)
    {
        if (places is null)
            weightGradient.view(outputs, inputs).addmm_(dz, x.t(), beta: 0);
        else
            Take(dz.mm(x.t()), weightGradient);
    }

    public override long[] Elements(EdgeLayout layout)
    {
        var elements = new long[layout.SlotCount];
        for (int slot = 0; slot < elements.Length; slot++)
            elements[slot] = slot;
        return elements;
    }

    public override void Dispose()
    {
        matrix?.Dispose();
        places?.Dispose();
    }

    /// <summary>Computes weights[e] = the element of a matrix [out, in] at edge e.</summary>
    public void Take(Tensor matrix, Tensor weights) => weights.copy_(places is null ? matrix.view(-1) : matrix.view(-1).gather(0, places));

    /// <summary>Returns the complete matrix [out, in], with zeros where there is no edge.</summary>
    public Tensor Matrix(Tensor weights) =>
        (matrix is null ? weights : matrix.scatter_(0, places!, weights)).view(outputs, inputs);

    private bool IsWholeMatrix(long[] placeOf) =>
        placeOf.LongLength == (long)outputs * inputs && placeOf.Select((place, slot) => place == slot).All(same => same);

    /// <summary>Returns the index of each slot in the matrix.</summary>
    public static long[] Places(EdgeLayout layout)
    {
        var placeOf = new long[layout.SlotCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    placeOf[slot++] = ((long)row * layout.InputCount) + column;
            }
        }

        return placeOf;
    }
}
