namespace Fpe.Compute;

/// <content>
/// Tokens and sequences. A sequence is a value over places, unit by unit as an image of height 1: value (u, p) is feature u · places + p.
/// Tokens are activations with one number per place: the number of a row of a table, a whole number below 2²⁴, or a negative number if the
/// place is empty.
/// </content>
public partial interface IKernels
{
    /// <summary>
    /// y[s, u · places + p] = table[tokens[s, p], u] + positions[p, u] (=), where places is the number of features of
    /// <paramref name="tokens"/>; 0 at an empty place.
    /// </summary>
    /// <param name="table">[vocabulary, dimension], row by row.</param>
    /// <param name="positions">[places, dimension], row by row; null if nothing is added.</param>
    /// <param name="dimension">Units of a token; at least 1.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="y">Receives the sequences: [batch, dimension · places].</param>
    /// <param name="batch">Samples.</param>
    void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch) =>
        HostKernels.EmbeddingForward(table, positions, dimension, tokens, y, batch);

    /// <summary>
    /// y[s, u] = Σ_p table[tokens[s, p], u] over places that are not empty, divided by their number if <paramref name="mean"/> (=); 0 for
    /// a sample without tokens.
    /// </summary>
    /// <param name="table">[vocabulary, dimension], row by row.</param>
    /// <param name="dimension">Units of a token; at least 1.</param>
    /// <param name="mean">Whether the sum is divided by the number of tokens of the sample.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="y">Receives the sums or means: [batch, dimension].</param>
    /// <param name="batch">Samples.</param>
    void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch) =>
        HostKernels.EmbeddingBagForward(table, dimension, mean, tokens, y, batch);

    /// <summary>
    /// The gradient of <see cref="EmbeddingForward"/> with respect to the rows of the table that the batch reads, and no others:
    /// gradient[r, u] = Σ dy[s, u · places + p] over the samples s and places p with token rows[r] (=), in an order that
    /// follows from the tokens alone; and positionGradient[p, u] = Σ_s dy[s, u · places + p] over the samples where place p is not empty (=).
    /// </summary>
    /// <param name="dimension">Units of a token; at least 1.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="dy">Gradient with respect to the sequences: [batch, dimension · places].</param>
    /// <param name="slots">
    /// Workspace with one element per row of the table, all 0 before and after the call; while it runs, 1 + the place of a token in
    /// <paramref name="rows"/>.
    /// </param>
    /// <param name="rows">
    /// Receives the distinct tokens of the batch in the order of their first appearance, sample by sample and place by place, then −1 up to
    /// its end (=). Its length is at least the number of tokens that can differ, min(vocabulary, batch · places).
    /// </param>
    /// <param name="gradient">Receives one row for each element of <paramref name="rows"/>, 0 where that is −1: [length of rows, dimension].</param>
    /// <param name="positionGradient">Receives the gradient with respect to the positions: [places, dimension]; null if there are none.</param>
    /// <param name="batch">Samples.</param>
    void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch) =>
        HostKernels.EmbeddingGradient(dimension, tokens, dy, slots, rows, gradient, positionGradient, batch);

    /// <summary>
    /// The gradient of <see cref="EmbeddingBagForward"/> with respect to the rows of the table that the batch reads, and no others:
    /// gradient[r, u] = Σ dy[s, u] over the samples s and places with token rows[r], each divided by the number of tokens of its sample if
    /// <paramref name="mean"/> (=), in this order.
    /// </summary>
    /// <param name="dimension">Units of a token; at least 1.</param>
    /// <param name="mean">As in the forward pass.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="dy">Gradient with respect to the sums or means: [batch, dimension].</param>
    /// <param name="slots">Workspace, as in <see cref="EmbeddingGradient"/>.</param>
    /// <param name="rows">Receives the distinct tokens, as in <see cref="EmbeddingGradient"/>.</param>
    /// <param name="gradient">Receives one row for each element of <paramref name="rows"/>, 0 where that is −1: [length of rows, dimension].</param>
    /// <param name="batch">Samples.</param>
    void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        int batch) =>
        HostKernels.EmbeddingBagGradient(dimension, mean, tokens, dy, slots, rows, gradient, batch);

    /// <summary>
    /// <see cref="AdamStep"/> for some rows of a table: row rows[r] of weights and moments with row r of the gradient, up to the first
    /// negative element of <paramref name="rows"/>. A row has length of gradient / length of rows elements. All other rows stay as they are.
    /// </summary>
    /// <param name="rows">Distinct row numbers, then −1 up to its end; at least one element.</param>
    /// <param name="weights">w: [any, width].</param>
    /// <param name="gradient">g: [length of rows, width]; not changed.</param>
    /// <param name="firstMoment">m: [any, width].</param>
    /// <param name="secondMoment">v: [any, width].</param>
    /// <param name="step">The constants of the step.</param>
    void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step) =>
        HostKernels.AdamStepRows(rows, weights, gradient, firstMoment, secondMoment, in step);

    /// <summary>
    /// <see cref="SgdStep"/> for some rows of a table: row rows[r] of weights and velocity with row r of the gradient, up to the first
    /// negative element of <paramref name="rows"/>. A row has length of gradient / length of rows elements. All other rows stay as they are.
    /// </summary>
    /// <param name="rows">Distinct row numbers, then −1 up to its end; at least one element.</param>
    /// <param name="weights">w: [any, width].</param>
    /// <param name="gradient">g: [length of rows, width]; not changed.</param>
    /// <param name="velocity">v: [any, width]; null if there is no momentum.</param>
    /// <param name="step">The constants of the step.</param>
    void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) =>
        HostKernels.SgdStepRows(rows, weights, gradient, velocity, in step);

    /// <summary>
    /// Self-attention (Vaswani et al., 2017). Head h owns the units h · n … h · n + n − 1 with n = units / heads. Of query q and key k,
    /// both places, its score is Σ_u query[u, q] · key[u, k] / √n, and its probability a[h, q, k] is the softmax over the keys that are not
    /// empty, 0 at an empty key; y[s, u · places + q] = Σ_k a[h, q, k] · value[u, k] (=). A sample without tokens gets 0. A device may
    /// multiply what is at an empty key by 0, so values there that are not finite can affect all outputs of the sample.
    /// </summary>
    /// <param name="shape">The attention.</param>
    /// <param name="qkv">Sequences of all queries, then all keys, then all values: [batch, 3 · units · places].</param>
    /// <param name="tokens">[batch, places]: negative where a place is empty; null if none is.</param>
    /// <param name="probabilities">
    /// Receives a for the gradient (=): [batch, heads · places · places], element (h · places + query) · places + key.
    /// </param>
    /// <param name="y">Receives the sequences: [batch, units · places].</param>
    /// <param name="batch">Samples.</param>
    void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch) =>
        HostKernels.AttentionForward(shape, qkv, tokens, probabilities, y, batch);

    /// <summary>
    /// The gradient of <see cref="AttentionForward"/> (=). With da[q, k] = Σ_u dy[u, q] · value[u, k] and
    /// ds[q, k] = a[q, k] · (da[q, k] − Σ_j a[q, j] · da[q, j]) / √n for each head: dquery[u, q] = Σ_k ds[q, k] · key[u, k],
    /// dkey[u, k] = Σ_q ds[q, k] · query[u, q] and dvalue[u, k] = Σ_q a[q, k] · dy[u, q].
    /// </summary>
    /// <param name="shape">The attention.</param>
    /// <param name="qkv">Queries, keys and values, as the forward pass read them: [batch, 3 · units · places].</param>
    /// <param name="probabilities">a, as computed by <see cref="AttentionForward"/>. Undefined on return.</param>
    /// <param name="dy">Gradient with respect to the outputs: [batch, units · places]. Undefined on return.</param>
    /// <param name="dqkv">Receives the gradient with respect to queries, keys and values: [batch, 3 · units · places].</param>
    /// <param name="batch">Samples.</param>
    void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch) =>
        HostKernels.AttentionInputGradient(shape, qkv, probabilities, dy, dqkv, batch);

    /// <summary>
    /// y[s, u] = the mean of x[s, u · places + p] over the places p that are not empty (=); 0 for a sample without tokens. Values at empty
    /// places are not read.
    /// </summary>
    /// <param name="tokens">[batch, places]: negative where a place is empty.</param>
    /// <param name="x">Sequences: [batch, units · places].</param>
    /// <param name="y">Receives the means: [batch, units].</param>
    /// <param name="batch">Samples.</param>
    void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch) => HostKernels.MeanOfTokens(tokens, x, y, batch);

    /// <summary>
    /// dx[s, u · places + p] = dy[s, u] / number of tokens of the sample (=), 0 at an empty place: the gradient of
    /// <see cref="MeanOfTokens"/>.
    /// </summary>
    /// <param name="tokens">[batch, places]: negative where a place is empty.</param>
    /// <param name="dy">Gradient with respect to the means: [batch, units].</param>
    /// <param name="dx">Receives the gradient with respect to the sequences: [batch, units · places].</param>
    /// <param name="batch">Samples.</param>
    void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch) =>
        HostKernels.MeanOfTokensGradient(tokens, dy, dx, batch);
}
