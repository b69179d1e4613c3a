using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        var embedding = new EmbeddingArguments(dimension, tokens, y, batch)
        {
            Table = Floats(table).Address,
            Positions = positions is null ? null : Floats(positions).Address,
        };
        embedding.Tokens.Check(table.Length / dimension);
        Run(Panel.Count(batch), &EmbeddingForwardPanel, &embedding, (long)y.Features * batch * GatherWork);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EmbeddingForwardPanel(void* arguments, int panel)
    {
        const int Size = 8;
        var embedding = (EmbeddingArguments*)arguments;
        int places = embedding->Tokens.Places, dimension = embedding->Dimension;
        int samples = Math.Min(Panel.Width, embedding->Tokens.Batch - panel * Panel.Width);
        float* token = embedding->Tokens.Values + panel * embedding->Tokens.Stride;
        float** rows = stackalloc float*[Panel.Width];
        float* square = stackalloc float[Size * Size];
        float* position = embedding->Positions;
        for (int p = 0; p < places; p++, token += Panel.Width, position += position is null ? 0 : dimension)
        {
            // a row must be readable in every lane
            for (int s = 0; s < Panel.Width; s++)
                rows[s] = embedding->Table + (s < samples && token[s] > 0 ? (nint)token[s] * dimension : 0);
            float* y = embedding->Y + panel * embedding->YStride + p * Panel.Width;
            for (int u = 0; u < dimension; u += Size)
            {
                int units = Math.Min(Size, dimension - u);
                for (int s = 0; s < samples; s += Size)
                {
                    var present = CpuTokens.Present(token + s);
                    var row0 = Vector256.Load(rows[s] + u);
                    var row1 = Vector256.Load(rows[s + 1] + u);
                    var row2 = Vector256.Load(rows[s + 2] + u);
                    var row3 = Vector256.Load(rows[s + 3] + u);
                    var row4 = Vector256.Load(rows[s + 4] + u);
                    var row5 = Vector256.Load(rows[s + 5] + u);
                    var row6 = Vector256.Load(rows[s + 6] + u);
                    var row7 = Vector256.Load(rows[s + 7] + u);
                    Transpose.Square(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
                    row0.Store(square);
                    row1.Store(square + Size);
                    row2.Store(square + 2 * Size);
                    row3.Store(square + 3 * Size);
                    row4.Store(square + 4 * Size);
                    row5.Store(square + 5 * Size);
                    row6.Store(square + 6 * Size);
                    row7.Store(square + 7 * Size);
                    for (int i = 0; i < units; i++)
                    {
                        var value = Vector256.Load(square + i * Size);
                        if (position is not null)
                            value += Vector256.Create(position[u + i]);
                        (value & present).Store(y + (u + i) * (nint)places * Panel.Width + s);
                    }
                }
            }
        }
    }

    /// <param name="dimension">Units of a token.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="y">Outputs, or the gradient with respect to them.</param>
    /// <param name="batch">Samples.</param>
    private struct EmbeddingArguments(int dimension, Activations tokens, Activations y, int batch)
    {
        public readonly CpuTokens Tokens = new(Panels(tokens), batch);
        public readonly float* Y = Panels(y).Values;
        public readonly nint YStride = Panels(y).PanelStride;
        public readonly int Dimension = dimension;
        public float* Table, Positions, Gradient;
        public int* Slots;
        public bool IsMean;
    }
}
