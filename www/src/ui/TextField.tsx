// A text field with its label, in dialogs and tools.

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onText: (text: string) => void;
  placeholder?: string;
  about?: string;
  /** `secret` shows dots. */
  type?: "text" | "secret";
  disabled?: boolean;
  /** The minimum number of lines of a multi-line field. */
  rows?: number;
}

export function TextField(props: TextFieldProps) {
  const { id, label, about } = props;
  return (
    <div class="field">
      <label class="field-name" for={id}>
        <span class="name">{label}</span>
      </label>
      <div class="field-input">
        <Input {...props} />
      </div>
      {about !== undefined && (
        <p class="about" id={`${id}-about`}>
          {about}
        </p>
      )}
    </div>
  );
}

function Input({ id, value, onText, placeholder = "", about, type = "text", disabled = false, rows }: TextFieldProps) {
  const common = {
    id,
    value,
    placeholder,
    disabled,
    spellcheck: false,
    autocomplete: "off",
    "aria-describedby": about === undefined ? undefined : `${id}-about`,
    onInput: (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value),
  } as const;
  if (rows !== undefined) return <textarea class="code" rows={rows} {...common} />;
  return type === "secret" ? <input type="password" {...common} /> : <input type="text" {...common} />;
}
